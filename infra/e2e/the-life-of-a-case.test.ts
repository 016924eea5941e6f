import { describeKafka, eventually, type GraphQLClient } from '@throughline/testing';
import { importDirectory, services } from './a-directory.ts';
import { prepareProgram } from './administrator.ts';
import { ask, type Outcome } from './ask.ts';
import * as maria from './case-manager.ts';
import { idOf, mutate, next, register, see, somebody, step, told } from './casework.ts';
import { startStorySystem, type StorySystem } from './story-system.ts';

interface SentReferral {
  status: string;
  cancelReason: string | null;
}

interface Approvals {
  approvalsToDecide: { edges: { node: { kind: string; subject: { id?: string } | null } }[] };
}

/** What happens to a case after the first call, day by day, until it ends and begins again. */
describeKafka('the life of a case', () => {
  let system: StorySystem;
  let caseManager: GraphQLClient;
  let supervisor: GraphQLClient;
  let intake: GraphQLClient;

  beforeAll(async () => {
    system = await startStorySystem();
    await importDirectory(system.databases);
    await prepareProgram(await system.as('ruth'));
    caseManager = await system.as('maria');
    supervisor = await system.as('ines');
    intake = await system.as('leila');
  });
  afterAll(() => system.close());

  const inDays = (days: number) => new Date(system.clock.now().getTime() + days * 86_400_000).toISOString();
  /** A day of the program, so that the same words fit at every hour. */
  const dayIn = (days: number) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date(inDays(days)));
  const log = (caseId: string, reached: boolean, minutesAgo = 0) =>
    mutate<Outcome>(
      caseManager,
      'logContact',
      {
        ...{ caseId, reached, channel: 'CALL', purpose: 'CHECK_IN', minutes: reached ? 20 : 1 },
        at: new Date(system.clock.now().getTime() - minutesAgo * 60_000).toISOString(),
      },
      '... on ContactEntry { id version }',
    );

  /** A client with a referral that an agency has received. */
  async function referred() {
    const client = await maria.registerClient(caseManager);
    await maria.recordConsent(caseManager, client.id, maria.shelterConsent());
    const choice = { needId: client.activeCase.needs[0]?.id, serviceId: services.nights };
    const sent = await eventually(async () => {
      const draft = await maria.createReferral(caseManager, choice);
      const referral = draft.__typename === 'Referral' ? await maria.sendReferral(caseManager, draft) : draft;
      if (referral.status !== 'SENT') throw new Error(referral.message ?? referral.__typename);
      return referral;
    });
    // The clients service hears of it a moment later.
    const caseId = client.activeCase.id;
    await eventually(async () => {
      const preview = await previewOf(caseId, 'GOALS_MET');
      expect(preview.blockers).toEqual([{ kind: 'LIVE_REFERRAL', count: 1 }]);
    });
    return { clientId: client.id, caseId, referralId: sent.id };
  }
  const previewOf = (caseId: string, reason: string) =>
    ask<{ canClose: boolean; blockers: object[]; effects: { kind: string; count: number }[] }>(
      caseManager,
      `query ($caseId: ID!, $reason: ClosureReason!) {
        closePreview(caseId: $caseId, reason: $reason) { canClose blockers { kind count } effects { kind count } }
      }`,
      { caseId, reason },
    );
  const referralOf = (id: string) =>
    ask<SentReferral>(caseManager, 'query ($id: ID!) { referral(id: $id) { status cancelReason } }', { id });

  it('begins with a decision: a wait with a review, an alternative, or the assessment', async () => {
    const { activeCase, id: clientId } = await register(intake, somebody({ startsWith: 'SCREENING' }));
    const waits = { decision: 'WAITLISTED', reviewOn: dayIn(2) };
    const waiting = await next(intake, 'decideScreening', activeCase.id, waits);
    expect(waiting).toMatchObject({ status: 'WAITLISTED', nextStep: { code: 'REVIEW_WAIT_LIST' } });
    await system.clock.forward({ days: 2 });
    await told(supervisor, 'UNASSIGNED_CASE', clientId);

    const accepted = await next(intake, 'decideScreening', activeCase.id, { decision: 'ACCEPTED' });
    expect(accepted).toMatchObject({ status: 'OPEN_ASSESSMENT', phase: 'ASSESSING' });

    const other = await register(intake, somebody({ startsWith: 'SCREENING' }));
    const bare = await next(intake, 'decideScreening', other.activeCase.id, { decision: 'NOT_ELIGIBLE' });
    expect(bare.issues).toMatchObject([{ path: 'reason' }, { path: 'alternative' }]);
    const alternative = 'Harbor House takes people from the county';
    const refused = { decision: 'NOT_ELIGIBLE', reason: 'OUT_OF_AREA', alternative };
    expect(await next(intake, 'decideScreening', other.activeCase.id, refused)).toMatchObject({
      ...{ status: 'NOT_ELIGIBLE', nextStep: null },
      screeningDecision: { decision: 'NOT_ELIGIBLE', alternative },
    });
    // Who comes back is not registered again.
    const back = await step(intake, 'openCase', { clientId: other.id, startsWith: 'SCREENING' });
    expect(back).toMatchObject({ status: 'SCREENING', previousCase: { id: other.activeCase.id } });
  });

  it('has contacts and attempts: two that fail escalate, and being reached moves the next one', async () => {
    const { id: clientId, activeCase } = await register(caseManager, somebody());
    await system.clock.forward({ hours: 1 });
    for (const minutesAgo of [30, 10]) await log(activeCase.id, false, minutesAgo);
    expect(await see(caseManager, activeCase.id)).toMatchObject({
      failedAttempts: 2,
      nextStep: { code: 'TRY_ANOTHER_WAY' },
    });
    await told(caseManager, 'FAILED_ATTEMPTS', clientId);

    await log(activeCase.id, true);
    const { failedAttempts, nextContactDueAt } = await see(caseManager, activeCase.id);
    expect(failedAttempts).toBe(0);
    // MODERATE: the end of the seventh day of the program.
    expect(dayOf(nextContactDueAt)).toBe(dayIn(7));
  });

  const dayOf = (instant: string | null) =>
    new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(
      new Date(Date.parse(instant ?? '') - 1),
    );

  it('is paused until a review, moves through its phases and back, and each entry is kept', async () => {
    const { id: clientId, activeCase } = await register(caseManager, somebody());
    for (const status of ['OPEN_PLANNING', 'OPEN_ACTIVE'])
      expect(await next(caseManager, 'advanceCase', activeCase.id)).toMatchObject({ status });
    const pause = { reason: 'CLIENT_HOSPITALIZED', reviewOn: dayIn(1) };
    expect(await next(caseManager, 'holdCase', activeCase.id, pause)).toMatchObject({
      status: 'ON_HOLD',
      reviewOn: dayIn(1),
      nextStep: { code: 'REVIEW_HOLD' },
    });
    await system.clock.forward({ days: 1 });
    await told(caseManager, 'HOLD_REVIEW_DUE', clientId);

    await next(caseManager, 'resumeCase', activeCase.id);
    const again = { phase: 'ASSESSING', reason: 'A new instrument' };
    await next(caseManager, 'enterCasePhase', activeCase.id, again);
    for (const status of ['TRANSITIONING', 'AFTERCARE'])
      expect(await next(caseManager, 'advanceCase', activeCase.id)).toMatchObject({ status });
    const back = await next(caseManager, 'returnCaseToActive', activeCase.id, { reason: 'A return to use' });
    expect(back.status).toBe('OPEN_ACTIVE');
    const assessed = back.casePhases.filter(({ phase }) => phase === 'ASSESSING');
    expect(assessed).toMatchObject([
      { enteredBy: { name: 'Maria Ostervald' } },
      { reason: 'A new instrument', enteredBy: { name: 'Maria Ostervald' } },
    ]);
  });

  it('falls through no gap: a late contact and a long wait in the queue are found and told', async () => {
    const late = await register(caseManager, somebody());
    await system.clock.forward({ days: 8 });
    const queued = await register(intake, somebody());
    await system.clock.forward({ hours: 5 });
    await told(caseManager, 'CADENCE_MISSED', late.id);
    await told(supervisor, 'UNASSIGNED_CASE', queued.id);

    const { edges } = await ask<{ edges: { node: { id: string; risks: string[] } }[] }>(
      supervisor,
      '{ casesAtRisk(first: 50) { edges { node { id risks } } } }',
    );
    const risksOf = (id: string) => edges.find(({ node }) => node.id === id)?.node.risks;
    expect(risksOf(late.activeCase.id)).toContain('CONTACT_OVERDUE');
    expect(risksOf(queued.activeCase.id)).toEqual(['NO_OWNER', 'UNASSIGNED_FOUR_HOURS']);
    // A step is never missing while a case is open.
    expect((await see(supervisor, queued.activeCase.id)).nextStep?.code).toBe('ASSIGN_CASE_MANAGER');
  });

  it('ends when nothing holds it up, or by a supervisor; what was listed before happens to its referral', async () => {
    const { caseId, referralId } = await referred();
    expect(await previewOf(caseId, 'GOALS_MET')).toEqual({
      canClose: false,
      blockers: [{ kind: 'LIVE_REFERRAL', count: 1 }],
      effects: [
        { kind: 'REFERRALS_END_IN_A_DAY', count: 1 },
        { kind: 'NEEDS_UNMET', count: 2 },
        { kind: 'REMINDERS_STOP', count: 1 },
        { kind: 'LEAVES_CASELOAD', count: 1 },
      ],
    });
    const ending = { reason: 'MOVED_OUT_OF_AREA', override: 'The agency goes on with the person' };
    expect(await next(caseManager, 'closeCase', caseId, ending)).toMatchObject({
      __typename: 'CloseBlocked',
      blockers: [{ kind: 'LIVE_REFERRAL', count: 1 }],
    });
    expect(await next(supervisor, 'closeCase', caseId, ending)).toMatchObject({
      status: 'CLOSED',
      closure: ending,
    });
    expect((await referralOf(referralId)).status).toBe('SENT');
    await eventually(async () => {
      await system.clock.forward({ hours: 25 });
      expect(await referralOf(referralId)).toEqual({ status: 'CANCELLED', cancelReason: 'CASE_CLOSED' });
    });
  });

  it('that is held up ends by a supervisor whom the case manager asked, and stays open when refused', async () => {
    const { clientId, caseId } = await referred();
    const wish = { reason: 'MOVED_OUT_OF_AREA', override: 'The agency answers no more' };
    const asked = await next(caseManager, 'askToCloseCase', caseId, wish);
    expect(asked).toMatchObject({ __typename: 'CaseFile', status: 'OPEN_ASSESSMENT' });
    const waits = async () => {
      const query = `{ me { approvalsToDecide(first: 100) { edges { node { kind askedBy { name }
        subject { ... on CaseFile { id closeRequest { override } } } } } } } }`;
      const { approvalsToDecide } = await ask<Approvals>(supervisor, query, {});
      return approvalsToDecide.edges.filter(({ node }) => node.subject?.id === caseId);
    };
    await eventually(async () =>
      expect(await waits()).toEqual([
        {
          node: {
            ...{ kind: 'CASE_CLOSE', askedBy: { name: 'Maria Ostervald' } },
            subject: { id: caseId, closeRequest: { override: wish.override } },
          },
        },
      ]),
    );
    const refusal = { approve: false, reason: 'Try the sister first' };
    expect(await next(supervisor, 'decideCloseRequest', caseId, refusal)).toMatchObject({
      status: 'OPEN_ASSESSMENT',
    });
    await eventually(async () => expect(await waits()).toEqual([]));

    await next(caseManager, 'askToCloseCase', caseId, wish);
    await eventually(async () => expect(await waits()).toHaveLength(1));
    expect(await next(supervisor, 'decideCloseRequest', caseId, { approve: true })).toMatchObject({
      ...{ status: 'CLOSED', closure: wish },
    });
    await eventually(async () => expect(await waits()).toEqual([]));
    const query = 'query ($id: ID!) { client(id: $id) { activeCase { id } } }';
    expect(await ask(caseManager, query, { id: clientId })).toEqual({ activeCase: null });
  });

  it('ends at once with the death of the person, and so does the referral', async () => {
    const { clientId, caseId, referralId } = await referred();
    const death = { reason: 'DECEASED', deceasedOn: dayIn(0) };
    await expect(next(caseManager, 'closeCase', caseId, death)).resolves.toMatchObject({ status: 'CLOSED' });
    await eventually(async () =>
      expect(await referralOf(referralId)).toEqual({ status: 'CANCELLED', cancelReason: 'CLIENT_DECEASED' }),
    );
    const query = 'query ($id: ID!) { client(id: $id) { status deceasedOn } }';
    expect(await ask(caseManager, query, { id: clientId })).toEqual({
      status: 'DECEASED',
      deceasedOn: dayIn(0),
    });
    expect(await next(supervisor, 'reopenCase', caseId, { reason: 'By mistake' })).toMatchObject({
      __typename: 'InvalidTransition',
    });
  });

  it('is the same case when the person comes back within 90 days, and later a new one that names it', async () => {
    const { activeCase } = await register(intake, somebody());
    await next(supervisor, 'assignCaseManager', activeCase.id, { caseManagerId: idOf('maria') });
    const close = () => next(caseManager, 'closeCase', activeCase.id, { reason: 'CLIENT_DECLINED' });
    await close();
    const back = await next(intake, 'reopenCase', activeCase.id, { reason: 'Called again' });
    expect(back).toMatchObject({ id: activeCase.id, status: 'OPEN_ASSESSMENT' });
    expect(back.primaryCaseManager).toEqual({ id: idOf('maria') });

    await close();
    await system.clock.forward({ days: 92 });
    const later = await next(caseManager, 'reopenCase', activeCase.id, { reason: 'A new start' });
    expect(later).toMatchObject({ status: 'OPEN_ASSESSMENT', previousCase: { id: activeCase.id } });
    expect(later.id).not.toBe(activeCase.id);
  });
});
