import { startMock, type RunningMock } from '@throughline/gateway/mock';
import { entity } from '@throughline/gateway/mock/thing.ts';
import { eventually } from '@throughline/testing';
import { createClient } from './index.ts';
import { AcceptReferralDocument } from './generated/partner/graphql.ts';
import { CaseloadChangedDocument, MyCaseloadDocument } from './generated/staff/graphql.ts';

const options = { port: 0, seed: 'one', tickMs: 50 };
let staff: RunningMock;
let partner: RunningMock;

beforeAll(async () => {
  staff = await startMock({ ...options, graph: 'staff' });
  partner = await startMock({ ...options, graph: 'partner' });
});
afterAll(async () => {
  await staff.close();
  await partner.close();
});

describe('the client over the mock', () => {
  it('asks by id, and hears of its caseload', async () => {
    const client = createClient({ url: staff.url, token: 'any' });
    expect((await client.query(MyCaseloadDocument)).errors).toEqual([]);
    const heard: unknown[] = [];
    const stop = client.live(
      CaseloadChangedDocument,
      {},
      { next: (event) => heard.push(event), refused: (error) => heard.push(error) },
    );
    await eventually(() => expect(heard.length).toBeGreaterThan(2));
    stop();
    expect(heard.slice(0, 2)).toMatchObject([
      { readAnew: true },
      { data: { caseloadChanged: { caseNumber: expect.any(String) as string } }, errors: [] },
    ]);
  });

  it('gets the referral back that it accepts', async () => {
    const client = createClient({ url: partner.url, token: 'any' });
    const input = { id: entity('PartnerReferral', 1).id ?? '', expectedVersion: 1 };
    const { data } = await client.mutate(AcceptReferralDocument, { input });
    expect(data?.acceptReferral).toMatchObject({ id: input.id });
  });
});
