import { createLogger } from '@throughline/runtime';
import { messagingDatabase, messagingOf } from '../contract/test-services.ts';
import { localTransport } from '../local-transport.ts';

it('runners of every class start without a warning', async () => {
  const lines: string[] = [];
  const destination = { write: (line: string) => void lines.push(line) };
  const logger = createLogger({ service: 'test', level: 'warn', destination });
  const database = await messagingDatabase();
  const job = () => Promise.resolve();
  const messaging = await messagingOf(database, localTransport(), {
    service: 'warned',
    logger,
    jobs: { timers: { a: job }, deliveries: { b: job }, retries: { c: job }, longWork: { d: job } },
  });
  await messaging.close();
  await database.drop();
  expect(lines).toEqual([]);
});
