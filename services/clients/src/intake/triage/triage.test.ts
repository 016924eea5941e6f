import fc from 'fast-check';
import {
  answerFaults,
  openQuestions,
  scriptFaults,
  urgencyOf,
  withAnswers,
  type ScriptQuestion,
  type TriageAnswer,
  type TriageScript,
} from './triage.ts';

const ask = (code: string, more: Partial<ScriptQuestion> = {}): ScriptQuestion => ({
  ...{ code, text: code, choice: 'ONE', required: true },
  answers: [
    { code: 'YES', text: 'Yes', urgency: 'CRISIS' },
    { code: 'SOME', text: 'Somewhat', urgency: 'URGENT' },
    { code: 'NO', text: 'No' },
  ],
  ...more,
});

const script: TriageScript = {
  ...{ id: '1', number: 1, publishedAt: new Date(0), publishedBy: null },
  questions: [
    ask('harm'),
    ask('plan', { askIf: { question: 'harm', anyOf: ['SOME'] } }),
    ask('wishes', { choice: 'MANY' }),
  ],
};
const answer = (question: string, ...answers: string[]): TriageAnswer => ({ question, answers });
const codes = (faults: { path: string; code: string }[]) => faults.map(({ path, code }) => `${path} ${code}`);

describe('answers to the script', () => {
  it('raise the urgency to the most urgent of them', () => {
    expect(urgencyOf(script, [])).toBe('ROUTINE');
    expect(urgencyOf(script, [answer('harm', 'SOME'), answer('plan', 'NO')])).toBe('URGENT');
    expect(urgencyOf(script, [answer('harm', 'SOME'), answer('plan', 'YES')])).toBe('CRISIS');
  });

  it('lead to further questions, and away from them', () => {
    const open = (given: TriageAnswer[]) => openQuestions(script, given).map(({ code }) => code);
    expect(open([])).toEqual(['harm', 'wishes']);
    expect(open([answer('harm', 'SOME')])).toEqual(['plan', 'wishes']);
    const before = [answer('harm', 'SOME'), answer('plan', 'YES')];
    expect(withAnswers(script, before, [answer('harm', 'NO')])).toEqual([answer('harm', 'NO')]);
  });

  it('have faults', () => {
    const faults = answerFaults(
      script,
      [answer('harm', 'NO')],
      [
        ...[answer('other', 'YES'), answer('plan', 'YES'), answer('wishes'), answer('wishes', 'YES')],
        answer('harm', 'MAYBE', 'NO', 'NO'),
      ],
    );
    expect(codes(faults)).toEqual([
      'answers.0.question UNKNOWN',
      'answers.1.question NOT_ASKED',
      'answers.2.answers MISSING',
      'answers.3.question DUPLICATE',
      'answers.4.answers.0 UNKNOWN',
      'answers.4.answers DUPLICATE',
      'answers.4.answers TOO_MANY',
    ]);
    expect(answerFaults(script, [], [answer('harm', 'SOME'), answer('plan', 'NO')])).toEqual([]);
  });

  it('never leave an answer to a question that is not asked', () => {
    const given = fc.record({
      question: fc.constantFrom('harm', 'plan', 'wishes'),
      answers: fc.subarray(['YES', 'SOME', 'NO'], { minLength: 1 }),
    });
    fc.assert(
      fc.property(fc.array(given), (all) => {
        const kept = all.reduce<TriageAnswer[]>((before, one) => withAnswers(script, before, [one]), []);
        const harm = kept.find(({ question }) => question === 'harm')?.answers ?? [];
        const hasPlan = kept.some(({ question }) => question === 'plan');
        expect(hasPlan && !harm.includes('SOME')).toBe(false);
        expect(new Set(kept.map(({ question }) => question)).size).toBe(kept.length);
      }),
    );
  });
});

it('a new version has codes of its own, conditions on earlier questions, and a way to a crisis', () => {
  const calm = [
    { code: 'YES', text: 'Yes' },
    { code: 'YES', text: 'Yes again' },
  ];
  const faults = scriptFaults([
    ask('a', { answers: calm }),
    ask('a', { answers: [], askIf: { question: 'b', anyOf: ['YES'] } }),
    ask('b', { answers: [{ code: 'NO', text: 'No' }], askIf: { question: 'a', anyOf: ['NEVER'] } }),
  ]);
  expect(codes(faults)).toEqual([
    'questions.0.answers.1.code DUPLICATE',
    'questions.1.code DUPLICATE',
    'questions.1.answers MISSING',
    'questions.1.askIf.question UNKNOWN',
    'questions.2.askIf.anyOf.0 UNKNOWN',
    'questions NO_CRISIS',
  ]);
  expect(scriptFaults(script.questions)).toEqual([]);
});
