import { randomUUID } from 'node:crypto';
import { carePlanOpened, referralFacts } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment, type TestTreatment } from '../../treatment.harness.ts';

let treatment: TestTreatment;
const maria = staff('CASE_MANAGER');
const sam = staff('SUPERVISOR');
const officer = staff('PRIVACY_OFFICER');

beforeAll(async () => {
  treatment = await testTreatment();
});
afterAll(() => treatment.close());

const NEWS = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Client { sinceYouLastLooked {
  lookedAt total position groups { kind count latest { kind } } } } } }`;
interface News {
  lookedAt: string | null;
  total: number;
  position: string;
  groups: { kind: string; count: number; latest: { kind: string }[] }[];
}
const newsOf = async (viewer: Viewer, clientId: string): Promise<News | null> => {
  const r = [{ __typename: 'Client', id: clientId }];
  const { data, errors } = await treatment.ask<{ _entities: { sinceYouLastLooked: News | null }[] }>(
    viewer,
    NEWS,
    { r },
  );
  expect(errors).toEqual([]);
  return data._entities[0]?.sinceYouLastLooked ?? null;
};
const LOOK = `mutation ($input: RecordLookInput!) { recordLook(input: $input) {
  __typename ... on Look { lookedAt } ... on InvalidInput { issues { path code } } } }`;
const look = async (viewer: Viewer, clientId: string, position: string) => {
  const { data } = await treatment.ask<{ recordLook: { __typename: string; lookedAt?: string } }>(
    viewer,
    LOOK,
    { input: { clientId, position } },
  );
  return data.recordLook;
};
const counts = (news: News | null) => news?.groups.map(({ kind, count }) => [kind, count]);

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);
const sent = (clientId: string, at: Date) => {
  const referralId = randomUUID();
  return referralFacts.sent.of(referralId, at, {
    referralId,
    clientId,
    caseManagerId: maria.id,
    dueAt: null,
  });
};
describe('what is new since the last look', () => {
  it('is grouped by kind, and gone after the look, also for what arrives late', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await treatment.tell('referrals', sent(clientId, ago(3)), sent(clientId, ago(2)));
    const first = await newsOf(maria, clientId);
    expect(first).toMatchObject({ lookedAt: null });
    expect(counts(first)).toContainEqual(['ReferralSent', 2]);

    expect(await look(maria, clientId, first!.position)).toMatchObject({ __typename: 'Look' });
    expect(await newsOf(maria, clientId)).toMatchObject({ total: 0, groups: [] });

    // It happened before the look, and this service hears of it after it.
    await treatment.tell('referrals', sent(clientId, ago(60)));
    expect(counts(await newsOf(maria, clientId))).toEqual([['ReferralSent', 1]]);
  });

  it('does not lose what arrives between the answer and the look', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { position } = (await newsOf(maria, clientId))!;
    await treatment.tell('referrals', sent(clientId, ago(1)));
    await look(maria, clientId, position);
    expect(counts(await newsOf(maria, clientId))).toEqual([['ReferralSent', 1]]);
  });

  it('belongs to one person: the look of another changes nothing, and own acts are no news', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { position } = (await newsOf(sam, clientId))!;
    await look(sam, clientId, position);
    expect((await newsOf(sam, clientId))?.total).toBe(0);
    expect((await newsOf(maria, clientId))?.total).toBeGreaterThan(0);
    const open = `mutation ($c: ID!) { openCarePlan(input: { clientId: $c }) { __typename } }`;
    await treatment.ask(maria, open, { c: clientId });
    expect(counts(await newsOf(maria, clientId))).not.toContainEqual([carePlanOpened.type, 1]);
  });

  it('goes by the latest look: an earlier position changes nothing', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const early = (await newsOf(maria, clientId))!;
    await treatment.tell('referrals', sent(clientId, ago(1)));
    const late = (await newsOf(maria, clientId))!;
    await look(maria, clientId, late.position);
    await look(maria, clientId, early.position);
    expect((await newsOf(maria, clientId))?.total).toBe(0);
  });

  it('shows nobody what the person may not read now', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    await treatment.tell(
      'treatment',
      carePlanOpened.of(clientId, ago(1), { carePlanId: randomUUID(), clientId }),
    );
    await treatment.tell('referrals', sent(clientId, ago(1)));
    expect(counts(await newsOf(maria, clientId))).toContainEqual(['CarePlanOpened', 1]);
    const shown = counts(await newsOf(officer, clientId));
    expect(shown).toContainEqual(['ReferralSent', 1]);
    expect(shown).not.toContainEqual(['CarePlanOpened', 1]);
    expect(await newsOf(staff('CASE_MANAGER'), clientId)).toBeNull();
    expect(await newsOf(staff('INTAKE_WORKER'), clientId)).toBeNull();
  });

  it('refuses a position of another client, and a client of somebody else', async () => {
    const clientId = await treatment.assign(maria.id, sam.id);
    const { position } = (await newsOf(maria, clientId))!;
    const other = await treatment.assign(maria.id, sam.id);
    expect(await look(maria, other, position)).toMatchObject({
      issues: [{ path: 'position', code: 'UNKNOWN' }],
    });
    expect((await look(staff('CASE_MANAGER'), clientId, position)).__typename).toBe('NotFound');
  });
});
