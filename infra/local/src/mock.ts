import { parseArgs } from 'node:util';
import { startMock, type MockOptions, type RunningMock } from '@throughline/gateway/mock';
import { z } from 'zod';
import { generate } from './generate.ts';
import { say } from './steps.ts';

const help = `npm run mock                          the staff graph with invented data, on port 4000
npm run mock -- --graph partner       the partner graph, on port 4100
npm run mock -- --port 4010           another port
npm run mock -- --seed another        other answers
npm run mock -- --tick 5              seconds between the events of subscriptions`;

const text = { type: 'string' } as const;
const options = {
  graph: text,
  port: text,
  seed: text,
  tick: text,
  help: { type: 'boolean' },
} as const;

const settings = z.object({
  graph: z.enum(['staff', 'partner']).default('staff'),
  port: z.coerce.number().int().min(0).max(65535).optional(),
  seed: z.string().default('throughline'),
  tick: z.coerce.number().min(0.1).max(3600).default(5),
});

const wanted = readOptions();
generate('supergraphs', 'client');
const mock = await start(wanted);
say(`The ${wanted.graph} graph with invented data: ${mock.url}
Open it in a browser and write queries, or /example for a page. No token is needed. ${mock.listed} operations are known by id.
x-mock-problem: ConsentRequired, x-mock-error: RATE_LIMITED or x-mock-missing: clients show what can go wrong.
Ctrl-C stops it.`);
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void mock.close().then(() => process.exit(0)));

function readOptions(): MockOptions {
  try {
    const { values } = parseArgs({ options });
    if (values.help) {
      say(help);
      process.exit(0);
    }
    const { graph, port, seed, tick } = settings.parse(values);
    return { graph, port: port ?? (graph === 'staff' ? 4000 : 4100), seed, tickMs: tick * 1000 };
  } catch {
    say('Unknown option or value: npm run mock -- --help lists them.');
    return process.exit(2);
  }
}

async function start(given: MockOptions): Promise<RunningMock> {
  try {
    return await startMock(given);
  } catch (error) {
    const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
    if (!isTaken) throw error;
    say(
      `Port ${given.port} is taken, perhaps by npm start: stop what uses it, or give another: npm run mock -- --port 4010`,
    );
    return process.exit(1);
  }
}
