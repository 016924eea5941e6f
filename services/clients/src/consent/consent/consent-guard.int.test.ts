import { DataSource } from 'typeorm';
import { aClient, consentTo, hire, testService, type TestService } from '../../test-service.ts';

let service: TestService;
let owner: DataSource;
let consentId: string;
beforeAll(async () => {
  service = await testService();
  owner = await new DataSource({ type: 'postgres', url: service.database.ownerUrl }).initialize();
  const { maria } = await hire(service.ask);
  const client = await aClient(service.ask, maria);
  const consent = await consentTo(service.ask, maria, client.id);
  consentId = consent.id;
});
afterAll(async () => {
  await owner.destroy();
  await service.close();
});

const ofStatus = ['status', 'revoked_at', 'revocation_method', 'superseded_by_id', 'version'];

/** For each type of column a value that differs from every value of the consent. */
const another: Record<string, string> = {
  uuid: 'gen_random_uuid()',
  text: `'another'`,
  boolean: 'not $column',
  integer: '99',
  date: `'2001-01-01'`,
  jsonb: `'{"another": 1}'`,
  ARRAY: `array['another']`,
  'timestamp with time zone': `'2001-01-01'`,
};

const change = (set: string) => owner.query(`update consent set ${set} where id = $1`, [consentId]);

describe('the guard of a signed consent, even against the owner of the table', () => {
  it('refuses a change of each column but those of the status', async () => {
    const columns = await owner.query<{ name: string; type: string }[]>(
      `select column_name as name, data_type as type from information_schema.columns where table_name = 'consent'`,
    );
    const signed = columns.filter(({ name }) => !ofStatus.includes(name));
    expect(signed.length).toBeGreaterThan(20);
    for (const { name, type } of signed) {
      const set = `${name} = ${(another[type] ?? type).replace('$column', name)}`;
      await expect(change(set)).rejects.toThrow('what was signed does not change');
    }
  });

  it('refuses a change of a column that is added later', async () => {
    await owner.query(`alter table consent add column witness text`);
    await expect(change(`witness = 'Somebody'`)).rejects.toThrow('what was signed does not change');
    await owner.query(`alter table consent drop column witness`);
  });

  it('lets the event that ends it be noted, once', async () => {
    const occurred = (at: string) => change(`expiry = jsonb_set(expiry, '{eventOccurredAt}', '"${at}"')`);
    await occurred('2026-01-03T10:00:00Z');
    await expect(occurred('2027-01-03T10:00:00Z')).rejects.toThrow('what was signed does not change');
    await expect(change(`expiry = jsonb_set(expiry, '{date}', '"2100-01-01"')`)).rejects.toThrow('signed');
  });

  it('lets it end, and keeps it ended', async () => {
    await change(`status = 'REVOKED', revoked_at = now(), revocation_method = 'ORAL', version = 2`);
    await expect(change(`revoked_at = '2001-01-01'`)).rejects.toThrow('does not come back');
    await expect(change(`status = 'ACTIVE', revoked_at = null`)).rejects.toThrow('does not come back');
    await expect(owner.query('delete from consent where id = $1', [consentId])).rejects.toThrow(
      'never removed',
    );
  });
});
