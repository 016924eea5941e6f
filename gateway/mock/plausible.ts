import { chance } from '../equivalence/chance.ts';
import { entity, type Thing } from './thing.ts';

/** The parts of a score and the points that each can give: together 100. */
const parts = [
  ['CAPACITY', 25],
  ['DISTANCE', 20],
  ['ELIGIBILITY', 20],
  ['PREFERENCE', 15],
  ['PAST_SUCCESS', 10],
  ['WAIT', 5],
  ['LANGUAGE_STAFF', 5],
] as const;

const severity = [
  ['MINIMAL', 0],
  ['MILD', 5],
  ['MODERATE', 10],
  ['SEVERE', 15],
] as const;

/** Public screening tools whose answers are 0 to 3 for each question. */
const tools = [
  { code: 'PHQ-9', title: 'Patient Health Questionnaire', questions: 9 },
  { code: 'GAD-7', title: 'Generalized Anxiety Disorder', questions: 7 },
] as const;

const services = 12;

const known = (__typename: string, given: Record<string, unknown>): Thing => ({
  __typename,
  number: 0,
  about: `${__typename}/${JSON.stringify(given)}`,
  given,
});

/** Tools that can be given. */
export const instruments = (): Thing[] => tools.map(instrument);

/** Services for a situation, best first. */
export function serviceMatches(seed: string, { input, first }: Record<string, unknown>): Thing {
  const most = typeof first === 'number' ? first : 20;
  const matches = Array.from({ length: services }, (_, at) =>
    match(at, `${seed}/${JSON.stringify(input)}/${at}`),
  ).sort((one, other) => Number(other.given?.score) - Number(one.given?.score));
  return known('ServiceMatches', {
    considered: services,
    truncated: most < services,
    matches: matches.slice(0, most),
    excluded: [],
  });
}

function match(at: number, about: string): Thing {
  const scored = parts.map(([code, most]) => {
    const points = Math.round(chance(about, code) * most);
    return { code, points, most, reason: `The mock gives ${points} of ${most} points.` };
  });
  return known('ServiceMatch', {
    service: entity('Service', at),
    score: scored.reduce((sum, { points }) => sum + points, 0),
    parts: scored.map((part) => known('MatchPart', part)),
    unknowns: [],
    unmet: [],
  });
}

function instrument({ code, title, questions }: (typeof tools)[number]): Thing {
  const numbers = Array.from({ length: questions }, (_, at) => at + 1);
  return known('Instrument', {
    code,
    title,
    version: '1',
    items: numbers.map((number) =>
      known('InstrumentItem', {
        number,
        text: `Question ${number}`,
        values: [0, 1, 2, 3],
        scored: true,
        reverse: false,
      }),
    ),
    bands: severity.map(([band, from]) => known('InstrumentBand', { code: band, from })),
    positiveFrom: 10,
    youngest: 12,
    oldest: null,
    mostMissing: 1,
    totalLoinc: null,
  });
}
