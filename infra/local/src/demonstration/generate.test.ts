import { referralStatuses } from '@throughline/privacy';
import { demonstrationAgencies, demonstrationPeople } from '@throughline/sign-in';
import { wayTo as wayToPhase } from './care.ts';
import { generate } from './generate.ts';
import { caseManagersOf } from './staff.ts';
import { credentialsOf } from './workforce.ts';

const today = '2026-11-23';
const plan = generate({ seed: 'test', today });
const { clients, directory, staff } = plan;
const referrals = clients.flatMap((client) => client.referrals);
const goals = clients.flatMap(({ carePlan }) => carePlan?.goals ?? []);

describe('demonstration data', () => {
  it('is the same for the same seed and day, and another one for another seed', () => {
    expect(generate({ seed: 'test', today })).toEqual(plan);
    expect(generate({ seed: 'other', today }).clients).not.toEqual(clients);
  });

  it('has 200 clients, no two alike', () => {
    expect(clients).toHaveLength(200);
    for (const field of ['legalName', 'contactPoints'] as const)
      expect(new Set(clients.map(({ registration }) => JSON.stringify(registration[field]))).size).toBe(200);
    expect(clients.filter(({ registration }) => /[\u0590-\u06ff]/.test(registration.legalName))).toHaveLength(
      2,
    );
  });

  it('gives them to 12 case managers, 25 to Maria', () => {
    const managers = caseManagersOf(staff);
    expect(managers).toHaveLength(12);
    const sizes = managers.map(({ id }) => clients.filter((client) => client.caseManagerId === id).length);
    expect(sizes[0]).toBe(25);
    expect(sizes.slice(1).every((size) => size >= 15 && size <= 17)).toBe(true);
    expect(staff.filter(({ roles }) => roles.includes('SUPERVISOR'))).toHaveLength(2);
    const ids = new Set(staff.map(({ id }) => id));
    for (const { id } of demonstrationPeople.filter(({ kind }) => kind === 'STAFF'))
      expect(ids).toContain(id);
  });

  it('has every population, with ages that fit', () => {
    const populations = new Set(clients.flatMap(({ registration }) => registration.populations));
    expect(populations.size).toBe(14);
    for (const { age, registration } of clients) {
      const years = Math.floor((Date.parse(today) - Date.parse(registration.dateOfBirth)) / 31_557_600_000);
      expect(Math.abs(years - age)).toBeLessThanOrEqual(1);
      expect(registration.populations.includes('CHILD_YOUTH')).toBe(age < 18);
      if (registration.populations.includes('OLDER_ADULT')) expect(age).toBeGreaterThan(64);
      expect(registration.consentAuthority === 'SELF' && age < 18).toBe(false);
    }
  });

  it('ranks needs, speaks several languages and knows who must not be contacted', () => {
    for (const { registration } of clients)
      expect(registration.needs.map(({ clientRank }) => clientRank)).toEqual(
        registration.needs.map((_need, index) => index + 1),
      );
    expect(new Set(clients.map(({ registration }) => registration.preferredLanguage)).size).toBeGreaterThan(
      5,
    );
    const prohibited = clients.filter(({ registration }) => registration.safeContact.contactProhibited);
    expect(prohibited.length).toBeGreaterThan(2);
  });

  it('puts people around everybody, households together, and asks what the groups ask', () => {
    expect(clients.every(({ support }) => support.length > 0)).toBe(true);
    const minors = clients.filter(({ age }) => age < 18);
    expect(minors.every(({ support }) => support.some(({ isGuardian }) => isGuardian))).toBe(true);
    const together = clients.filter(({ livesWith }) => livesWith !== null);
    expect(together.length).toBeGreaterThan(10);
    expect(new Set(together.map(({ livesWith }) => livesWith)).size).toBe(together.length);
    const custody = clients.flatMap(({ registration }) => registration.custody ?? []);
    expect(custody.some(({ releaseOn }) => releaseOn < today)).toBe(true);
    expect(custody.some(({ releaseOn }) => releaseOn > today)).toBe(true);
  });

  it('has episodes in every phase', () => {
    const episodes = clients.flatMap(({ episode }) => episode ?? []);
    const phases = new Set(
      episodes.map(({ start, phases: rest, end }) => (end ? 'ENDED' : (rest.at(-1) ?? start.phase))),
    );
    expect([...phases].sort()).toEqual(Object.keys(wayToPhase).sort());
  });

  it('has months behind discharges: contacts that were made, attempts that reached nobody, and a return', () => {
    const hospitals = clients.flatMap(({ episode }) => episode?.hospital ?? []);
    expect(hospitals.filter(({ contacts }) => contacts.reached.length >= 6).length).toBeGreaterThan(1);
    const silent = hospitals.filter(({ contacts }) => contacts.reached.length === 0);
    expect(silent.every(({ contacts }) => contacts.failed.length === 3) && silent.length > 1).toBe(true);
    expect(hospitals.some(({ readmission }) => readmission !== null)).toBe(true);
    const ways = hospitals.flatMap(({ transition }) => transition ?? []).map(({ arrivedAt }) => arrivedAt);
    expect([ways.includes(null), ways.some((at) => at !== null)]).toEqual([true, true]);
    for (const { discharge, readmission } of hospitals)
      if (readmission) expect(String(readmission.at) > String(discharge.at)).toBe(true);
  });

  it('has a PHQ-9 in every band, and a few with thoughts of death', () => {
    const screenings = clients.flatMap((client) => client.screenings);
    const totals = screenings.map(({ answers }) => answers.reduce((sum, { value }) => sum + value, 0));
    for (const [from, to] of [
      [0, 4],
      [5, 9],
      [10, 14],
      [15, 19],
      [20, 27],
    ] as const)
      expect(totals.filter((total) => total >= from && total <= to).length).toBeGreaterThan(10);
    const positive = screenings.filter(({ answers }) => (answers[8]?.value ?? 0) > 0);
    expect(positive.length).toBeGreaterThan(3);
    expect(positive.length).toBeLessThan(20);
    expect(clients.filter(({ age, screenings: own }) => age < 18 && own.length > 0)).toEqual([]);
  });

  it('tells of somebody whose PHQ-9 falls over six months, and of somebody in crisis tonight', () => {
    const better = clients.find(({ screenings }) => screenings.length > 4)?.screenings ?? [];
    const totals = better.map(({ answers }) => answers.reduce((sum, { value }) => sum + value, 0));
    expect(totals.slice(0, 4)).toEqual([20, 17, 13, 9]);
    expect(totals.at(-1)).toBeLessThan(5);
    const inCrisis = clients.filter(({ screenings }) =>
      screenings.some((one) => one.instrument === 'C-SSRS'),
    );
    expect(inCrisis).toHaveLength(1);
  });

  it('has signed notes, notes of trainees that wait, and drafts that hold up no closed case', () => {
    const trainees = caseManagersOf(staff).filter(
      (person, index) => credentialsOf(person, index, today).length === 0,
    );
    const noted = clients.filter(({ notes }) => notes.length > 0);
    const byTrainee = noted.filter(({ caseManagerId }) => trainees.some(({ id }) => id === caseManagerId));
    expect(byTrainee.length).toBeGreaterThan(0);
    expect(byTrainee.length).toBeLessThan(noted.length);
    expect(noted.some(({ notes }) => notes.some(({ signed }) => !signed))).toBe(true);
    expect(noted.flatMap(({ casework }) => casework.steps)).toEqual([]);
  });

  it('has cases in every state, contacts over months, and people who did not pick up twice', () => {
    const ends = clients.map(({ casework: { steps, startsWith = 'OPEN_ASSESSMENT' } }) =>
      steps.length > 0 ? steps.map(({ to }) => to).at(-1) : startsWith,
    );
    expect([...new Set(ends)].sort()).toEqual([
      ...[
        'AFTERCARE',
        'CLOSED',
        'NOT_ELIGIBLE',
        'ON_HOLD',
        'OPEN_ACTIVE',
        'OPEN_ASSESSMENT',
        'OPEN_PLANNING',
      ],
      ...['SCREENING', 'TRANSITIONING', 'WAITLISTED'],
    ]);
    const commands = clients.flatMap(({ casework }) => casework.steps.map(({ command }) => command));
    expect(commands.filter((command) => command === 'reopenCase')).toHaveLength(2);
    const contacts = clients.map(({ casework }) => casework.contacts);
    expect(contacts.filter((own) => own.length >= 4).length).toBeGreaterThan(80);
    expect(
      contacts.filter((own) => own.slice(-2).every(({ reached }) => !reached) && own.length > 0).length,
    ).toBeGreaterThan(5);
    for (const { casework } of clients)
      for (const { at } of casework.contacts) expect(at > casework.openedOn && at < today).toBe(true);
  });

  it('has goals at work and goals that lack a part', () => {
    expect(goals.filter(({ active }) => active).length).toBeGreaterThan(50);
    expect(goals.filter(({ measure, dueOn }) => !measure || !dueOn).length).toBeGreaterThan(20);
    expect(goals.filter(({ active, measure }) => active && !measure)).toEqual([]);
  });

  it('has 400 services of 90 agencies of every type, with room fresh, stale and unknown', () => {
    expect(directory.agencies).toHaveLength(90);
    expect(directory.services).toHaveLength(400);
    expect(new Set(directory.agencies.map(({ name }) => name)).size).toBe(90);
    expect(new Set(directory.agencies.map(({ type }) => type)).size).toBe(20);
    const offering = new Set(directory.services.map(({ agencyId }) => agencyId));
    expect(offering.size).toBe(90);
    const rows = directory.tables.find(([table]) => table === 'service')?.[1] ?? [];
    const told = rows.map(({ initial }) => String(initial?.capacity_updated_at).slice(0, 10));
    expect(new Set(told)).toEqual(new Set([today, '2026-11-14', 'null']));
  });

  it('gives the two agencies that sign in agreements and several services', () => {
    for (const { id } of Object.values(demonstrationAgencies))
      expect(directory.services.filter(({ agencyId }) => agencyId === id).length).toBeGreaterThanOrEqual(5);
    const agency = directory.tables[0]?.[1] ?? [];
    expect(agency[0]?.initial).toMatchObject({ hipaa_status: 'NON_HIPAA', agreements: [{ type: 'MOU' }] });
    expect(agency[1]?.initial).toMatchObject({
      hipaa_status: 'PART2_PROGRAM',
      agreements: [{ type: 'QSOA' }],
    });
  });

  it('has referrals in every state, most of them to the two agencies that sign in', () => {
    expect(new Set(referrals.map(({ status }) => status))).toEqual(new Set(referralStatuses));
    for (const { id } of Object.values(demonstrationAgencies))
      expect(referrals.filter(({ agencyId }) => agencyId === id).length).toBeGreaterThan(35);
    for (const { steps, status } of referrals) {
      expect(steps.at(-1)?.to ?? 'DRAFT').toBe(status);
      expect(new Set(steps.map(({ to }) => to)).size).toBe(steps.length);
    }
  });

  it('has a consent for all that leaves, and some that end soon or were revoked', () => {
    for (const client of clients)
      for (const { status, agencyId } of client.referrals)
        expect(client.consents.some((consent) => consent.agencyId === agencyId && !consent.revoked)).toBe(
          status !== 'DRAFT' && status !== 'PENDING_CONSENT',
        );
    const consents = clients.flatMap((client) => client.consents);
    expect(consents.filter(({ revoked }) => revoked).length).toBeGreaterThan(5);
    expect(consents.filter(({ expiresOn }) => expiresOn < '2026-12-01').length).toBeGreaterThan(5);
  });

  it('has papers of three people of Maria', () => {
    const papers = clients.filter(({ documents }) => documents.length > 0);
    expect(papers.map(({ caseManagerId }) => caseManagerId)).toEqual(
      Array.from({ length: 3 }, () => caseManagersOf(staff)[0]?.id),
    );
    expect(papers.flatMap(({ documents }) => documents.map((paper) => paper.class)).sort()).toEqual([
      ...['BENEFIT_LETTER', 'IDENTITY_PAPER', 'MEDICAL_REPORT'],
    ]);
  });

  it('ends with a client who has a referral: that one shows that everything was loaded', () => {
    expect(clients.at(-1)?.referrals.length).toBeGreaterThan(0);
  });
});
