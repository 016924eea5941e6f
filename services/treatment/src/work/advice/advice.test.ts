import { randomUUID } from 'node:crypto';
import type { Care } from '@throughline/care';
import { isProblem } from '@throughline/graphql/problems';
import { openAdvocacy, resolveAdvocacy, type AdvocacyAction } from '../advocacy/advocacy.ts';
import { guidanceFaults } from '../guidance/guidance.ts';
import { adviceFaults, answerAdvice, followUpAdvice, giveAdvice, recordTeachBack } from './advice.ts';

const now = new Date('2026-11-23T12:00:00Z');
const at = { now, timeZone: 'America/New_York' };
const [worker, clinician, stranger] = [randomUUID(), randomUUID(), randomUUID()];
const care = {
  ...{ clientId: randomUUID(), caseManagerId: worker, supervisorId: null, coverId: null },
  team: [{ staffId: clinician, supervisorId: null }],
} as unknown as Care;
const by = { id: worker, now };
const faults = (draft: object, isClinician: boolean) =>
  adviceFaults({ topic: 'BENEFITS', situation: 'x', ...draft }, { id: worker, isClinician }, at).map(
    ({ path, code }) => `${path} ${code}`,
  );
const given = (draft: object) => {
  const decided = giveAdvice({ topic: 'MEDICATION', situation: 'Asks to stop', ...draft }, care, by);
  if (isProblem(decided)) throw new Error(decided.kind);
  return decided.insert!;
};

describe('advice', () => {
  it.each([
    [{ advised: 'Apply' }, false, []],
    [{}, false, ['advised MISSING']],
    [{ topic: 'MEDICATION', clinicianId: clinician }, false, []],
    [{ topic: 'MEDICATION', advised: 'Stop' }, false, ['clinicianId OUT_OF_SCOPE', 'advised OUT_OF_SCOPE']],
    [{ topic: 'MEDICATION', advised: 'Go on' }, true, []],
    [{ advised: 'Apply', followUpOn: '2026-11-22' }, false, ['followUpOn IN_PAST']],
  ])('%j by a clinician: %p has the faults %j', (draft, isClinician, expected) => {
    expect(faults(draft, isClinician)).toEqual(expected);
  });

  it('asks a clinician who works with the client, and nobody else', () => {
    expect(given({ clinicianId: clinician })).toMatchObject({ scope: 'ESCALATED_TO_CLINICIAN' });
    for (const clinicianId of [stranger, worker])
      expect(giveAdvice({ topic: 'MEDICATION', situation: 'x', clinicianId }, care, by)).toMatchObject({
        issues: [{ code: 'NOT_ON_TEAM' }],
      });
  });

  it('is answered once, by the clinician who was asked, and then said back', () => {
    const asked = given({ clinicianId: clinician });
    const said = { teachBack: 'I do not stop alone', understood: true };
    expect(recordTeachBack(asked, said, now)).toMatchObject({ kind: 'InvalidTransition' });
    expect(answerAdvice(asked, 'Go on', by)).toMatchObject({ kind: 'Forbidden' });
    const answered = answerAdvice(asked, 'Go on', { id: clinician, now });
    if (isProblem(answered) || !answered.update) throw new Error('not answered');
    expect(answerAdvice(answered.update, 'Stop', { id: clinician, now })).toMatchObject({ from: 'ANSWERED' });
    expect(recordTeachBack(answered.update, said, now)).toMatchObject({ update: said });
    expect(followUpAdvice(asked, { result: 'x' }, now)).toMatchObject({ from: 'NO_FOLLOW_UP' });
  });
});

describe('advocacy', () => {
  const draft = { kind: 'BENEFIT_APPEAL', counterparty: 'Benefits office', ask: 'Pay back' } as const;
  const open = (appealOf: AdvocacyAction | null) => openAdvocacy(care.clientId, draft, { appealOf, by });
  const opened = open(null);
  if (isProblem(opened) || !opened.insert) throw new Error('not opened');
  const action = opened.insert;

  it('has one result, which is appealed when it is not what was asked', () => {
    expect(open(action)).toMatchObject({ kind: 'InvalidTransition', from: 'OPEN' });
    for (const [status, isAppealed] of [
      ['REFUSED', true],
      ['PARTLY_GRANTED', true],
      ['GRANTED', false],
      ['WITHDRAWN', false],
    ] as const) {
      const resolved = resolveAdvocacy(action, { status, result: 'Letter' }, now);
      if (isProblem(resolved) || !resolved.update) throw new Error('not resolved');
      expect(isProblem(open(resolved.update))).toBe(!isAppealed);
      expect(resolveAdvocacy(resolved.update, { status, result: 'x' }, now)).toMatchObject({ from: status });
    }
  });
});

it('guidance is not in the future, where the program is', () => {
  const late = { now: new Date('2026-11-24T03:30:00Z'), timeZone: 'America/New_York' };
  expect(guidanceFaults({ doneOn: '2026-11-24' }, late)).toMatchObject([{ code: 'IN_FUTURE' }]);
  expect(guidanceFaults({ doneOn: '2026-11-23' }, late)).toEqual([]);
});
