import { uuidV7 } from '@throughline/events';
import { type InputIssue, issueAt } from '@throughline/graphql/problems';

export type InquiryUrgency = 'ROUTINE' | 'URGENT' | 'CRISIS';
export type TransferKind = 'EMERGENCY' | 'CRISIS';

export interface ScriptAnswer {
  code: string;
  text: string;
  /** The inquiry is at least as urgent. */
  urgency?: InquiryUrgency | null | undefined;
  /** Kind of line to hand the caller on to, first of all. */
  transferTo?: TransferKind | null | undefined;
  /** What the worker does or says now. */
  advice?: string | null | undefined;
}

export interface ScriptQuestion {
  code: string;
  text: string;
  choice: 'ONE' | 'MANY';
  required: boolean;
  /** Asked only when the earlier question has one of these answers; left out: always. */
  askIf?: { question: string; anyOf: string[] } | null | undefined;
  answers: ScriptAnswer[];
}

/** Questions of a first call. A version never changes. Source: infra/reference/domain.md 8.3. */
export interface TriageScript {
  id: string;
  /** Counts versions from 1; the highest one is asked. */
  number: number;
  questions: ScriptQuestion[];
  publishedAt: Date;
  /** Null: it came with the system. */
  publishedBy: string | null;
}

export interface TriageAnswer {
  question: string;
  answers: string[];
}

const ranks: readonly InquiryUrgency[] = ['ROUTINE', 'URGENT', 'CRISIS'];

/** The more urgent of two. */
export function moreUrgent(one: InquiryUrgency, other: InquiryUrgency): InquiryUrgency {
  return ranks.indexOf(one) >= ranks.indexOf(other) ? one : other;
}

/** Questions that these answers leave: asked now, and not answered yet. */
export function openQuestions({ questions }: TriageScript, given: readonly TriageAnswer[]): ScriptQuestion[] {
  const answered = new Set(given.map(({ question }) => question));
  return questions.filter((question) => isAsked(question, given) && !answered.has(question.code));
}

/** What the given answers set off, in the order of the script. */
export function chosenAnswers({ questions }: TriageScript, given: readonly TriageAnswer[]): ScriptAnswer[] {
  return questions.flatMap(({ code: asked, answers }) => {
    const chosen = given.find(({ question }) => question === asked)?.answers ?? [];
    return answers.filter(({ code }) => chosen.includes(code));
  });
}

/** How urgent the answers say that it is. */
export function urgencyOf(script: TriageScript, given: readonly TriageAnswer[]): InquiryUrgency {
  return chosenAnswers(script, given)
    .map(({ urgency }) => urgency ?? 'ROUTINE')
    .reduce(moreUrgent, 'ROUTINE');
}

/** Answers as they are after these are added: a question that is answered again has the new answer only. */
export function withAnswers(
  script: TriageScript,
  before: readonly TriageAnswer[],
  added: readonly TriageAnswer[],
): TriageAnswer[] {
  const again = new Set(added.map(({ question }) => question));
  const all = [...before.filter(({ question }) => !again.has(question)), ...added];
  // A question that the new answers take away loses its answer.
  return all.filter(({ question }) => {
    const asked = script.questions.find(({ code }) => code === question);
    return asked !== undefined && isAsked(asked, all);
  });
}

function isAsked({ askIf }: ScriptQuestion, given: readonly TriageAnswer[]): boolean {
  if (!askIf) return true;
  const earlier = given.find(({ question }) => question === askIf.question)?.answers ?? [];
  return earlier.some((code) => askIf.anyOf.includes(code));
}

/** Faults of answers against the version of the script that is asked: unknown, not asked, twice, or too many. */
export function answerFaults(
  script: TriageScript,
  before: readonly TriageAnswer[],
  added: readonly TriageAnswer[],
): InputIssue[] {
  const all = [...before.filter((old) => !added.some(({ question }) => question === old.question)), ...added];
  const seen = new Set<string>();
  return added.flatMap(({ question, answers }, at) => {
    const path = `answers.${String(at)}`;
    const asked = script.questions.find(({ code }) => code === question);
    if (!asked) return [issueAt(`${path}.question`, 'UNKNOWN', 'The script has no such question.')];
    if (seen.has(question))
      return [issueAt(`${path}.question`, 'DUPLICATE', 'The question is answered twice.')];
    seen.add(question);
    if (!isAsked(asked, all))
      return [issueAt(`${path}.question`, 'NOT_ASKED', 'The other answers do not lead to this question.')];
    return choiceFaults(asked, answers, path);
  });
}

function choiceFaults(
  { choice, answers: known }: ScriptQuestion,
  given: string[],
  path: string,
): InputIssue[] {
  const codes = new Set(known.map(({ code }) => code));
  const unknown = given.flatMap((code, at) =>
    codes.has(code)
      ? []
      : [issueAt(`${path}.answers.${String(at)}`, 'UNKNOWN', 'The question has no such answer.')],
  );
  if (given.length === 0) return [issueAt(`${path}.answers`, 'MISSING', 'Choose an answer.')];
  if (new Set(given).size < given.length)
    unknown.push(issueAt(`${path}.answers`, 'DUPLICATE', 'An answer is listed twice.'));
  if (choice === 'ONE' && given.length > 1)
    unknown.push(issueAt(`${path}.answers`, 'TOO_MANY', 'The question takes one answer.'));
  return unknown;
}

/** Faults of a new version: codes that come twice, a condition on a later question, or no way to a crisis. */
export function scriptFaults(questions: readonly ScriptQuestion[]): InputIssue[] {
  const faults = questions.flatMap((question, at) => [
    ...twice(questions.map(({ code }) => code))
      .filter(({ index }) => index === at)
      .map(() => issueAt(`questions.${String(at)}.code`, 'DUPLICATE', 'Another question has this code.')),
    ...twice(question.answers.map(({ code }) => code)).map(({ index }) =>
      issueAt(
        `questions.${String(at)}.answers.${String(index)}.code`,
        'DUPLICATE',
        'Another answer has this code.',
      ),
    ),
    ...(question.answers.length === 0
      ? [issueAt(`questions.${String(at)}.answers`, 'MISSING', 'A question needs answers.')]
      : []),
    ...conditionFaults(question, questions.slice(0, at), `questions.${String(at)}.askIf`),
  ]);
  const leadsToCrisis = questions.some(({ answers }) => answers.some(({ urgency }) => urgency === 'CRISIS'));
  if (leadsToCrisis) return faults;
  return [...faults, issueAt('questions', 'NO_CRISIS', 'One answer at least must say that it is a crisis.')];
}

function conditionFaults(
  { askIf }: ScriptQuestion,
  earlier: readonly ScriptQuestion[],
  path: string,
): InputIssue[] {
  if (!askIf) return [];
  const on = earlier.find(({ code }) => code === askIf.question);
  if (!on) return [issueAt(`${path}.question`, 'UNKNOWN', 'There is no such question before this one.')];
  const codes = on.answers.map(({ code }) => code);
  return askIf.anyOf.flatMap((code, at) =>
    codes.includes(code)
      ? []
      : [issueAt(`${path}.anyOf.${String(at)}`, 'UNKNOWN', 'The question has no such answer.')],
  );
}

function twice(values: readonly string[]): { index: number }[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [{ index }] : []));
}

/** The next version of the script. The questions have no faults. */
export function publishScript(
  questions: ScriptQuestion[],
  { number, by }: { number: number; by: string },
  now: Date,
): { insert: TriageScript } {
  return { insert: { id: uuidV7(now), number, questions, publishedAt: now, publishedBy: by } };
}
