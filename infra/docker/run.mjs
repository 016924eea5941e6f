// The image's first process: becomes the program that the build argument names.
const programs = {
  clients: 'services/clients',
  treatment: 'services/treatment',
  referrals: 'services/referrals',
  notifications: 'services/notifications',
  gateway: 'gateway',
  'sign-in': 'infra/sign-in',
};
const place = programs[process.env.PROGRAM];
if (!place) {
  console.error(`PROGRAM must be one of ${Object.keys(programs).join(', ')}`);
  process.exit(1);
}
await import(new URL(`../../${place}/src/main.ts`, import.meta.url).href);
