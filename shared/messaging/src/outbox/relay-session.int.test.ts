import { randomUUID } from 'node:crypto';
import { usualTimeouts } from '@throughline/runtime';
import {
  messagingDatabase,
  oneTo,
  recordUpdates,
  type MessagingDatabase,
} from '../contract/test-services.ts';
import { openRelaySession, UNSENT } from './relay-session.ts';

let database: MessagingDatabase;
beforeAll(async () => {
  database = await messagingDatabase();
});
afterAll(() => database.drop());

describe('the session of a relay', () => {
  it('reads the first facts that wait without sorting all of them', async () => {
    for (const key of oneTo(6).map(() => randomUUID()))
      await database.dataSource.transaction((tx) => recordUpdates(tx, key, oneTo(500)));
    const client = await openRelaySession(
      { service: 'test', databaseUrl: database.appUrl, timeouts: usualTimeouts },
      () => undefined,
    );
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${UNSENT}`, [[]]);
    await client.end();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('Index Scan using outbox_unsent');
    expect(plan).not.toContain('Sort');
  });
});
