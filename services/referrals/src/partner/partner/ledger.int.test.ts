import { answerFields, type AnswerFieldName } from '../../referral/disclosure/answer-fields.ts';
import { eventually } from '@throughline/testing';
import { aSentReferral, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

interface Line {
  id: string;
  fields: string[];
  labels: string[];
  reads: number;
}
const linesOf = (referralId: string) =>
  world.db.query<Line[]>(
    `select id, fields, labels, reads from disclosure
     where referral_id = $1 and channel = 'PARTNER_GRAPH' order by disclosed_at, id`,
    [referralId],
  );

type Answer = Record<string, unknown> & { person?: Record<string, unknown> | null };
const everything = `id status priority receivedAt decideBy startsAt closedAt service { id } senderDisplayName
  needCategory reasonText question answer outcome { code } contactProhibited version disclosure { disclosureRecordId }
  person { name legalName pronouns dateOfBirth ageBand county zip3 language interpreterNeeded householdSize
    insuranceType accessibility livingSituation phone safeContact { allowedMethods } }`;

/** The fields of the policy that opened what the answer holds. */
function opened(answer: Answer): string[] {
  const { person, ...rest } = answer;
  const given = [
    ...Object.entries(rest),
    ...Object.entries(person ?? {}).map(([name, value]) => [`person.${name}`, value] as const),
  ];
  const names = given.flatMap(([name, value]) => (value !== null && name in answerFields ? [name] : []));
  return [...new Set(names.map((name) => answerFields[name as AnswerFieldName].opens))].sort();
}

async function anAcceptedReferral() {
  const { sent, ...rest } = await aSentReferral(world);
  const { version } = await partnerDoes(world, rest.partner, 'acknowledgeReferral', {
    ...{ id: sent.id, expectedVersion: sent.version },
  });
  const input = { id: sent.id, expectedVersion: version };
  const accepted = await partnerDoes(world, rest.partner, 'acceptReferral', input);
  expect(accepted.kind).toBe('PartnerReferral');
  return { ...rest, id: sent.id };
}

describe('the ledger of a partner\u2019s reads', () => {
  it('lists what the answer held: all of it, a part of it, and each part of an operation by itself', async () => {
    const { id, partner } = await anAcceptedReferral();
    const answers: Answer[] = [];
    const read = async (query: string, variables = {}) => {
      const data = await world.ask<Record<string, Answer>>(partner, query, { id, ...variables });
      answers.push(...Object.values(data));
    };
    await read(`query ($id: ID!) { partnerReferral(id: $id) { ${everything} } }`);
    await read(`query ($id: ID!) { partnerReferral(id: $id) { ...Card } }
      fragment Card on PartnerReferral { person { ... on PartnerPerson { zip3 language } } }`);
    await read(
      `query ($id: ID!, $full: Boolean!) {
        one: partnerReferral(id: $id) { needCategory person @include(if: $full) { name } }
        other: partnerReferral(id: $id) { person { phone } reasonText @skip(if: true) } }`,
      { full: false },
    );
    const lines = await linesOf(id);
    const key = (fields: string[]) => [...fields].sort().join();
    expect(lines.map(({ fields }) => key(fields)).sort()).toEqual(
      answers.map((answer) => key(opened(answer))).sort(),
    );
    expect(lines.flatMap(({ labels }) => labels)).not.toContain('SUD');
  });

  it('of one hour is one line with a count; a second reader has another line', async () => {
    const { id, partner } = await anAcceptedReferral();
    const query = `query ($id: ID!) { partnerReferral(id: $id) { person { name } disclosure { disclosureRecordId } } }`;
    const ids = new Set<unknown>();
    for (let n = 0; n < 5; n += 1) {
      const { partnerReferral } = await world.ask<Record<string, Answer>>(partner, query, { id });
      ids.add((partnerReferral?.disclosure as { disclosureRecordId: string }).disclosureRecordId);
    }
    await world.ask({ ...partner, id: crypto.randomUUID() }, query, { id });
    const lines = await linesOf(id);
    expect(lines.map(({ reads }) => reads)).toEqual([5, 1]);
    expect([...ids]).toEqual([lines[0]?.id]);

    await world.db.query(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1), now())`,
      [`disclosure.count-reads:${lines[0]!.id}`],
    );
    await eventually(async () => {
      const told = await world.db.query<{ payload: object }[]>(
        `select payload from outbox where type = 'DisclosureRepeated' union all
         select payload from outbox_archive where type = 'DisclosureRepeated'`,
      );
      expect(told.map(({ payload }) => payload)).toContainEqual(
        expect.objectContaining({ disclosureId: lines[0]!.id, reads: 5 }),
      );
    });
  });

  it('only grows by its count', async () => {
    const { id, partner } = await anAcceptedReferral();
    await world.ask(partner, `query ($id: ID!) { partnerReferral(id: $id) { person { name } } }`, { id });
    for (const set of ['reads = reads + 2', `fields = '{}'`, `reads = reads + 1, actor_id = 'x'`])
      await expect(
        world.db.query(`update disclosure set ${set} where referral_id = $1`, [id]),
      ).rejects.toThrow(/append-only|permission denied/);
  });

  it('that cannot be written lets nothing out', async () => {
    const { id, partner } = await anAcceptedReferral();
    const owner = await world.owner();
    const query = `query ($id: ID!) { partnerReferral(id: $id) { person { name phone } } }`;
    await owner.query('revoke insert on disclosure from referrals_app');
    try {
      await expect(world.ask(partner, query, { id })).rejects.toThrow('INTERNAL_SERVER_ERROR');
    } finally {
      await owner.query('grant insert on disclosure to referrals_app');
      await owner.destroy();
    }
    expect(
      (await world.ask<Record<string, Answer>>(partner, query, { id })).partnerReferral?.person,
    ).toMatchObject({
      name: 'Wren',
    });
  });
});
