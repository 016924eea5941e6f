import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { needCategories } from '@throughline/privacy';
import { z } from 'zod';
import type { Answer } from '../instrument/instrument.ts';
import type { Score } from '../instrument/score.ts';
import { owners, reasons, stepCodes } from './codes.ts';

const finding = z
  .strictObject({
    instrument: z.array(z.string()).min(1).optional(),
    flag: z.string().optional(),
    band: z.array(z.string()).optional(),
    positive: z.literal(true).optional(),
    anyCutOff: z.literal(true).optional(),
    subscore: z.string().optional(),
    answer: z.strictObject({ item: z.int(), in: z.array(z.int()) }).optional(),
  })
  .refine((when) => Object.keys(when).length > 0, 'Say when it applies.');

/** Minutes and hours run day and night. Days end with the day; a business day is no weekend and no public holiday. */
const within = z.union([
  z.strictObject({ minutes: z.int().positive() }),
  z.strictObject({ hours: z.int().positive() }),
  z.strictObject({ days: z.int().positive() }),
  z.strictObject({ businessDays: z.int().min(0) }),
]);

const proposal = z.strictObject({
  what: z.enum(stepCodes),
  owner: z.enum(owners),
  within,
  need: z.enum(needCategories).optional(),
  doneBy: z.string().optional(),
});

const followUp = z.strictObject({
  why: z.enum(reasons),
  when: finding,
  blocksSigningUntil: z.string().optional(),
  crisis: z
    .strictObject({
      level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      cause: z.literal('SUICIDE_RISK'),
    })
    .optional(),
  steps: z.array(proposal).min(1),
});

export type FollowUp = z.output<typeof followUp>;
export type Proposal = z.output<typeof proposal>;
export type Within = z.output<typeof within>;

/** What a screening says, as far as the table asks. */
export type Result = Pick<Score, 'band' | 'positive' | 'flags' | 'subscores' | 'cutOffs'> & {
  instrument: string;
  answers: readonly Answer[];
};

/** The table of what follows from a result; a faulty row stops the start. Source: infra/reference/domain.md 4.3. */
export const followUps: readonly FollowUp[] = z
  .array(followUp)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'follow-ups.json'), 'utf8')));

/** The rows of the table that a result meets. */
export function followUpsOf(result: Result): FollowUp[] {
  return followUps.filter(({ when }) => meets(result, when));
}

function meets(result: Result, when: FollowUp['when']): boolean {
  const { instrument, flag, band, positive, anyCutOff, subscore, answer } = when;
  const tests: boolean[] = [
    !instrument || instrument.includes(result.instrument),
    !flag || result.flags.includes(flag),
    !band || (result.band !== null && band.includes(result.band)),
    !positive || result.positive === true,
    !anyCutOff || result.cutOffs.some(({ reached }) => reached),
    !subscore || result.subscores.some((one) => one.code === subscore && one.positive === true),
    !answer || result.answers.some(({ item, value }) => item === answer.item && answer.in.includes(value)),
  ];
  return tests.every(Boolean);
}

/** Open steps that a screening with this tool completes. */
export function stepsDoneBy(instrument: string): Proposal['what'][] {
  const done = followUps.flatMap(({ steps }) => steps.filter(({ doneBy }) => doneBy === instrument));
  return [...new Set(done.map(({ what }) => what))];
}
