import type { Role } from '@throughline/graphql';
import { addDays, today } from '@throughline/privacy';
import { aSentReferral, aViewer, partnerDoes, referralsWorld, type World } from '../../loop.test-world.ts';
import { id } from '../../loop.test-person.ts';

let world: World;
beforeAll(async () => {
  world = await referralsWorld();
});
afterAll(() => world.close());

const ago = new Date(Date.now() - 1000).toISOString();
const ahead = new Date(Date.now() + 86_400_000).toISOString();
const reviewOn = addDays(today({ now: new Date(), timeZone: 'UTC' }), 7);

/** Each mutation of a partner: its input, and the mutations before it. */
const steps: Record<string, { input?: object; after?: string[] }> = {
  acknowledgeReferral: {},
  requestReferralInfo: { input: { question: 'Since when?' } },
  acceptReferral: {},
  declineReferral: { input: { reason: 'NO_CAPACITY' } },
  waitlistReferral: { input: { position: 2, reviewOn } },
  scheduleReferral: { input: { startsAt: ahead }, after: ['acceptReferral'] },
  recordReferralNoShow: { after: ['acceptReferral', 'scheduleReferral'] },
  startReferralService: { input: { firstServiceAt: ago }, after: ['acceptReferral'] },
  holdReferral: { input: { reason: 'AWAITING_BED', reviewOn }, after: ['acceptReferral'] },
  resumeReferral: { after: ['acceptReferral', 'holdReferral'] },
  closeReferralResolved: {
    input: { outcomeCode: 'HOUSED' },
    after: ['acceptReferral', 'startReferralService'],
  },
  closeReferralUnresolved: {
    input: { reason: 'CLIENT_MOVED', closedBySide: 'CLIENT' },
    after: ['acceptReferral'],
  },
};
const roles = ['PARTNER_ADMIN', 'PARTNER_INTAKE', 'PARTNER_SYSTEM'] as const satisfies Role[];

/** All that the answer can hold. */
const everything = `id status version priority service { id name } senderDisplayName callbackPhone receivedAt decideBy
  startsAt closedAt allowedCommands person { name legalName dateOfBirth phone safeContact { allowedMethods } }
  needCategory reasonText question answer outcome { code note } contactProhibited
  disclosure { noticeText disclosureRecordId } access { field allowed reason }`;

type Story = Awaited<ReturnType<typeof aSentReferral>>;
/** What happens at the owner of the consent before the step, so that this service has not heard of it. */
const situations: Record<string, (story: Story) => void | Promise<void>> = {
  'as usual': () => undefined,
  'after a revocation': ({ person, consent }) => world.revokes(person, consent, { heard: false }),
  'after a block': ({ person, agencyId }) => void (person.limits = { blockedAgencyIds: [agencyId] }),
};

async function rowOf({ sent }: Story) {
  const [row] = await world.db.query<{ status: string; version: number }[]>(
    'select status, version from referral where id = $1',
    [sent.id],
  );
  if (!row) throw new Error('The referral is gone');
  return row;
}

/** The kind of the answer of one mutation that asks for everything; the errors, when there are any. */
async function answerOf(mutation: string, role: Role, story: Story): Promise<string> {
  const { agencyId, sent } = story;
  const { version: expectedVersion } = await rowOf(story);
  const named = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
  const type = ['acknowledge', 'accept', 'resume'].some((step) => mutation === `${step}Referral`)
    ? 'PartnerStepInput'
    : named;
  const query = `mutation($input: ${type}!) { it: ${mutation}(input: $input) { kind: __typename ... on PartnerReferral { ${everything} } } }`;
  const viewer = aViewer(id(), [role], { agencyId, graph: 'PARTNER' });
  const input = { ...steps[mutation]?.input, id: sent.id, expectedVersion };
  return world
    .ask<{ it: { kind: string } }>(viewer, query, { input })
    .then(({ it: { kind } }) => kind)
    .catch((error: unknown) => String(error));
}

async function prepared(mutation: string): Promise<Story> {
  const story = await aSentReferral(world);
  for (const before of steps[mutation]?.after ?? []) {
    const { version: expectedVersion } = await rowOf(story);
    const input = { ...steps[before]?.input, id: story.sent.id, expectedVersion };
    const { kind } = await partnerDoes(world, story.partner, before, input);
    expect([before, kind]).toEqual([before, 'PartnerReferral']);
  }
  // A no-show needs an appointment that is over.
  if (mutation === 'recordReferralNoShow')
    await world.db.query('update referral set starts_at = $2 where id = $1', [story.sent.id, ago]);
  return story;
}

/** The answer, and whether the referral is another one after it. */
async function outcomeOf(
  mutation: string,
  role: Role,
  story: Story,
): Promise<{ answer: string; changed: boolean }> {
  const before = await rowOf(story);
  const answer = await answerOf(mutation, role, story);
  return { answer, changed: (await rowOf(story)).version > before.version };
}

const refusals = ['Forbidden', 'InvalidTransition'];

describe.each(Object.keys(steps))('%s', (mutation) => {
  it.each(roles)('by %s changes nothing unless it answers the referral', async (role) => {
    await Promise.all(
      Object.entries(situations).map(async ([situation, happens]) => {
        const story = await prepared(mutation);
        await happens(story);
        const { answer, changed } = await outcomeOf(mutation, role, story);
        expect(['PartnerReferral', ...refusals]).toContain(answer);
        expect([situation, changed]).toEqual([situation, answer === 'PartnerReferral']);
      }),
    );
  });

  it('changes nothing unless it answers the referral, also while no consent can be verified', async () => {
    const story = await prepared(mutation);
    world.clients.down = true;
    const { answer, changed } = await outcomeOf(mutation, 'PARTNER_INTAKE', story);
    world.clients.down = false;
    expect(['PartnerReferral', ...refusals]).toContain(answer);
    expect(changed).toBe(answer === 'PartnerReferral');
  });

  it('is refused, and changes nothing, once the block of the client was heard', async () => {
    const story = await prepared(mutation);
    story.person.limits = { blockedAgencyIds: [story.agencyId] };
    await world.db.query(
      'insert into client_restriction (client_id, restrict_all, blocked_agency_ids) values ($1, false, $2)',
      [story.person.clientId, [story.agencyId]],
    );
    expect(await outcomeOf(mutation, 'PARTNER_INTAKE', story)).toEqual({
      answer: 'Forbidden',
      changed: false,
    });
  });

  it('is done by somebody of the agency', async () => {
    const story = await prepared(mutation);
    expect(await outcomeOf(mutation, 'PARTNER_INTAKE', story)).toEqual({
      answer: 'PartnerReferral',
      changed: true,
    });
  });
});
