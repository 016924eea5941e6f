// First process of the image: becomes the program that PROGRAM names.
const programs = {
  clients: 'services/clients/src/main.ts',
  treatment: 'services/treatment/src/main.ts',
  referrals: 'services/referrals/src/main.ts',
  notifications: 'services/notifications/src/main.ts',
  gateway: 'gateway/src/main.ts',
  'sign-in': 'infra/sign-in/src/main.ts',
  all: 'infra/local/src/all.ts',
};

// The kernel ignores a signal that the first process of a container does not listen to. A program listens when it has
// started; until then this ends the process.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(0);
  });
}

const program = programs[process.env.PROGRAM];
if (!program) {
  console.error(`PROGRAM must be one of ${Object.keys(programs).join(', ')}`);
  process.exit(1);
}
await import(new URL(`../../${program}`, import.meta.url).href);
