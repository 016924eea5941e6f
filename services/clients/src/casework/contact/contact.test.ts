import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import fc from 'fast-check';
import { openCase, type CaseFile } from '../case-file/case-file.ts';
import {
  correctContact,
  logContact,
  planNextContact,
  standingOf,
  type Attempt,
  type ContactDraft,
} from './contact.ts';

const timeZone = 'America/New_York';
const opened = new Date('2026-03-02T15:00:00Z');
const caseFile: CaseFile = {
  ...openCase(randomUUID(), { now: opened, timeZone }).caseFile,
  status: 'OPEN_ACTIVE',
};
const hours = (count: number) => new Date(opened.getTime() + count * 3_600_000);
const at = (count: number) => ({ now: hours(count), timeZone });
const draft = (count: number, more: Partial<ContactDraft> = {}): ContactDraft => ({
  ...{ at: hours(count), channel: 'CALL', reached: false, purpose: 'CHECK_IN', ...more },
});
const by = randomUUID();

/** Logs contacts one after the other; answers the case and the types of the facts. */
function after(drafts: readonly [ContactDraft, number][], file = caseFile) {
  const contacts: Attempt[] = [];
  const facts: string[] = [];
  let now = file;
  for (const [one, count] of drafts) {
    const logged = logContact(now, one, { by, contacts }, at(count));
    if (isProblem(logged)) throw new Error(JSON.stringify(logged));
    contacts.push(logged.insert);
    facts.push(...(logged.facts ?? []).map(({ type }) => type));
    now = { ...now, ...logged.standing };
  }
  return { file: now, facts, contacts };
}

describe('a contact', () => {
  it('in which the person was reached moves the next one by the cadence, an attempt does not', () => {
    expect(after([[draft(1), 1]]).file.nextContactDueAt).toEqual(caseFile.nextContactDueAt);
    const { file } = after([[draft(30, { reached: true }), 31]]);
    expect(file.nextContactDueAt?.toISOString()).toBe('2026-03-11T04:00:00.000Z');
    expect(file.lastReachedAt).toEqual(hours(30));
  });

  it('that failed twice within one cadence starts an outreach, once', () => {
    const { facts, file } = after([
      [draft(1), 1],
      [draft(2), 2],
      [draft(3), 3],
    ]);
    expect(facts.filter((type) => type === 'CaseAttemptsFailed')).toHaveLength(1);
    expect(file.failedAttempts).toBe(3);
    const reached = after([
      [draft(1), 1],
      [draft(2, { reached: true }), 2],
      [draft(3), 3],
    ]);
    expect(reached.facts).not.toContain('CaseAttemptsFailed');
    expect(
      after([
        [draft(1), 1],
        [draft(200), 200],
      ]).facts,
    ).not.toContain('CaseAttemptsFailed');
  });

  it('that is written down late counts at the time at which it happened', () => {
    const { file } = after([
      [draft(20, { reached: true }), 20],
      [draft(5, { reached: true }), 21],
      [draft(6), 22],
    ]);
    expect(file.lastReachedAt).toEqual(hours(20));
    expect(file.failedAttempts).toBe(0);
  });

  it.each([
    ['in the future', draft(2), 1, 'at IN_FUTURE'],
    ['before the case', draft(-1), 1, 'at BEFORE_CASE'],
    ['with a counselling note', draft(1, { labels: ['MH', 'PSYTHER_NOTE'] }), 2, 'labels NOT_ALLOWED'],
  ])('%s is refused', (_case, one, count, fault) => {
    const refused = logContact(caseFile, one, { by, contacts: [] }, at(count));
    expect(refused).toMatchObject({ kind: 'InvalidInput' });
    const { issues } = refused as { issues: { path: string; code: string }[] };
    expect(issues.map(({ path, code }) => `${path} ${code}`)).toEqual([fault]);
  });

  it('of a closed case is refused', () => {
    const closed: CaseFile = { ...caseFile, status: 'CLOSED' };
    expect(logContact(closed, draft(1), { by, contacts: [] }, at(2))).toMatchObject({
      kind: 'InvalidTransition',
    });
  });

  it('is corrected by its author or a supervisor, and what follows from it is corrected, too', () => {
    const { file, contacts } = after([[draft(30, { reached: true }), 31]]);
    const contact = { ...contacts[0]!, version: 1, loggedBy: by, clientId: caseFile.clientId } as never;
    const who = { by: randomUUID(), isSupervisor: false, contacts };
    const correction = draft(30);
    expect(correctContact({ contact, caseFile: file }, correction, who, at(40))).toMatchObject({
      kind: 'Forbidden',
    });
    const corrected = correctContact({ contact, caseFile: file }, correction, { ...who, by }, at(40));
    expect(corrected).toMatchObject({
      revision: { version: 1, content: { reached: true } },
      standing: { lastReachedAt: null, failedAttempts: 1, nextContactDueAt: caseFile.nextContactDueAt },
    });
  });

  it('leads, in any order of writing, to the same last contact and the same number of attempts', () => {
    const entry = fc.record({ hour: fc.integer({ min: 0, max: 300 }), reached: fc.boolean() });
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 12 }), (entries) => {
        const attempts = entries.map(({ hour, reached }, n): Attempt => ({
          id: String(n),
          at: hours(hour),
          reached,
          direction: 'OUTBOUND',
        }));
        const forward = standingOf(caseFile, attempts, at(300));
        expect(standingOf(caseFile, attempts.toReversed(), at(300))).toEqual(forward);
        const last = Math.max(-1, ...entries.filter(({ reached }) => reached).map(({ hour }) => hour));
        expect(forward.lastReachedAt).toEqual(last < 0 ? null : hours(last));
      }),
    );
  });
});

describe('a plan for the next contact', () => {
  const plan = (count: number, file = caseFile) =>
    planNextContact(file, { dueAt: hours(count), channel: 'VIDEO', purpose: 'PLANNING' }, by, at(10));

  it('lies in the future and within the cadence of the tier', () => {
    expect(plan(9)).toMatchObject({ issues: [{ code: 'NOT_IN_FUTURE' }] });
    expect(plan(24 * 20)).toMatchObject({ issues: [{ code: 'AFTER_CADENCE' }] });
    expect(plan(24 * 10)).toMatchObject({
      update: { nextContactDueAt: hours(240), plannedContact: { plannedBy: by } },
    });
    expect(plan(24 * 5, { ...caseFile, riskTier: 'CRISIS' })).toMatchObject({
      issues: [{ code: 'AFTER_CADENCE' }],
    });
  });

  it('holds until the person is reached after it was made', () => {
    const planned = plan(24 * 10) as { update: CaseFile };
    const late = after([[draft(5, { reached: true }), 11]], planned.update).file;
    expect(late).toMatchObject({ nextContactDueAt: hours(240), plannedContact: { channel: 'VIDEO' } });
    const reached = after([[draft(12, { reached: true }), 12]], planned.update).file;
    expect(reached).toMatchObject({ plannedContact: null });
  });
});
