import type { AftercarePlan, SafetyPlan } from './aftercare-plan.ts';
import type { Words } from './template.ts';

/** One paragraph of the printed plan. */
export interface Paragraph {
  style: 'TITLE' | 'HEADING' | 'TEXT' | 'ITEM';
  text: string;
}

export type DocumentPart = 'PLAN' | 'SAFETY_PLAN';
type Sections = AftercarePlan['sections'];

export interface Asked {
  part: DocumentPart;
  words: Words;
  /** Days and times as the program writes them. */
  at: (instant: Date | string) => string;
}

const text = (line: string): Paragraph => ({ style: 'TEXT', text: line });
const items = (lines: readonly string[]) => lines.map((line): Paragraph => ({ style: 'ITEM', text: line }));

/** The paragraphs of a plan, or of its safety plan alone. Sections that are missing are left out. Source: infra/reference/domain.md 4.6. */
export function paragraphsOf(plan: AftercarePlan, asked: Asked): Paragraph[] {
  const { part, words } = asked;
  const title = part === 'PLAN' ? words.title : words.safetyTitle;
  const head: Paragraph[] = [{ style: 'TITLE', text: title }, text(words.name)];
  if (plan.status !== 'ACTIVE') head.push(text(words.draft));
  const safety = plan.sections.safetyPlan ? safetyOf(plan.sections.safetyPlan, asked) : [];
  if (part === 'SAFETY_PLAN') return [...head, ...safety];
  return [
    ...head,
    text(`${words.leavesOn}: ${plan.leavesOn}`),
    ...sectionsOf(plan.sections, asked),
    ...safety,
  ];
}

function safetyOf(plan: SafetyPlan, { part, words }: Asked): Paragraph[] {
  const { warningSigns, copingAlone, peopleAndPlaces, peopleToAsk, professionals, saferSurroundings } = plan;
  const steps = [warningSigns, copingAlone, peopleAndPlaces, peopleToAsk, professionals, saferSurroundings];
  const title: Paragraph[] = part === 'PLAN' ? [{ style: 'TITLE', text: words.safetyTitle }] : [];
  const body = steps.flatMap((lines, index) => section(words.steps[index] ?? '', items(lines)));
  return [...title, ...body, text(words.crisisLine)];
}

function section(heading: string, body: readonly Paragraph[]): Paragraph[] {
  return body.length === 0 ? [] : [{ style: 'HEADING', text: heading }, ...body];
}

function sectionsOf(sections: Sections, { words, at }: Asked): Paragraph[] {
  const seenTo = ({ who, by }: { who: string; by: string }) =>
    text(`${words.who}: ${who}, ${words.by} ${by}`);
  const { appointments, callAnytime, contactsBy } = sections;
  const arranged = (['housing', 'transport', 'supports', 'benefitsAndLegal'] as const).flatMap((name) => {
    const one = sections[name];
    return section(words[headingOf[name]], one ? [text(one.plan), seenTo(one)] : []);
  });
  const visits = (appointments ?? []).flatMap((one) => [text(`${at(one.at)}: ${one.withWhom}`), seenTo(one)]);
  return [
    ...section(words.APPOINTMENTS, visits),
    ...section(words.MEDICATION, medicationOf(sections, words, seenTo)),
    ...section(words.PREVENTION, preventionOf(sections, words, seenTo)),
    ...arranged,
    ...section(words.CALL_ANYTIME, callAnytime ? [text(`${callAnytime.name}: ${callAnytime.number}`)] : []),
    ...section(words.CONTACTS, contactsBy ? [text(contactsBy)] : []),
  ];
}

const headingOf = {
  housing: 'HOUSING',
  transport: 'TRANSPORT',
  supports: 'SUPPORTS',
  benefitsAndLegal: 'BENEFITS_AND_LEGAL',
} as const;
type SeenTo = (arranged: { who: string; by: string }) => Paragraph;

function medicationOf({ medication }: Sections, words: Words, seenTo: SeenTo): Paragraph[] {
  if (!medication) return [];
  const { opioidMedication, naloxone } = words;
  const opioid = opioidMedication[medication.opioidMedication as keyof typeof opioidMedication];
  const has = naloxone[medication.naloxone as keyof typeof naloxone];
  const answers = [`${opioidMedication.label}: ${opioid}`, `${naloxone.label}: ${has}`];
  return [text(medication.plan), ...items(answers), seenTo(medication)];
}

function preventionOf({ prevention }: Sections, words: Words, seenTo: SeenTo): Paragraph[] {
  if (!prevention) return [];
  const lists = (['triggers', 'warningSigns', 'coping', 'people'] as const).flatMap((name) =>
    prevention[name].length > 0 ? [text(`${words[name]}:`), ...items(prevention[name])] : [],
  );
  return [...lists, seenTo(prevention)];
}
