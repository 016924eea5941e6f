import { randomUUID } from 'node:crypto';
import * as clients from '@throughline/clients';
import { disclosureMade } from '@throughline/events';
import { record } from '@throughline/messaging';
import * as referrals from '@throughline/referrals';

type DataSource = ReturnType<typeof clients.createDataSource>;

/** Referrals tells of a disclosure about somebody whom clients does not know. Answers the id of nobody. */
export async function tellOfNobody(referralsUrl: string): Promise<string> {
  const clientId = randomUUID();
  const fact = disclosureMade.of(clientId, new Date(), {
    ...{ disclosureId: randomUUID(), clientId, agencyId: randomUUID(), referralId: null },
    ...{ disclosedAt: new Date().toISOString(), labels: [], fields: [], purpose: 'REFERRAL_HOUSING' },
    ...{ basis: 'CONSENT', consentIds: [], noticeVersion: null, channel: 'GRAPH' },
  });
  const cause = { actor: { kind: 'SYSTEM' as const, id: 'referrals' }, correlationId: randomUUID() };
  await using(referrals.createDataSource(referralsUrl), (db) =>
    db.transaction((tx) => record(tx, cause, fact)),
  );
  return clientId;
}

/** As if the time until the next attempt of clients had passed. */
export function hurryRetries(clientsUrl: string): Promise<void> {
  return using(clients.createDataSource(clientsUrl), (db) =>
    db.query('update inbox_key set retry_at = now() where retry_at is not null'),
  );
}

async function using(dataSource: DataSource, work: (db: DataSource) => Promise<unknown>): Promise<void> {
  await dataSource.initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}
