import { z } from 'zod';

const code = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9.-]{1,39}$/, 'must be capital letters, digits, dots and dashes');
const flagCode = z.string().regex(/^[A-Z][A-Z0-9_]*$/);
const text = z.string().trim().min(1).max(2_000);
const numbers = z.array(z.int().positive()).min(1);
const language = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/);

/** True when one of the items has an answer of at least `from`. */
const answered = z.strictObject({ items: numbers, from: z.int() });

/** Offered answers: a list, or every whole number from `from` to `to`. `points` is the value, unless it says more. */
const choices = z.union([
  z
    .array(z.strictObject({ value: z.int(), points: z.int().min(0).optional() }))
    .min(2)
    .max(50),
  z.strictObject({ from: z.int().min(0), to: z.int().max(10_000) }),
]);

const item = z.strictObject({
  number: z.int().positive(),
  topic: text,
  choices: z.string(),
  scored: z.boolean().default(true),
  many: z.boolean().default(false),
  onlyIf: answered.optional(),
  loinc: z.string().nullable().default(null),
});

const bands = z.array(z.strictObject({ code: flagCode, from: z.int() })).min(1);

/** Lowest total that counts as positive: one for everybody, or one for each group. */
const cutOff = z.union([
  z.int(),
  z.array(z.strictObject({ group: z.enum(['MEN', 'WOMEN']), from: z.int() })).length(2),
]);

const score = z.strictObject({
  code: z.string().min(1),
  items: numbers,
  bands,
  positive: cutOff.nullable().default(null),
  mostMissing: z.int().min(0).default(0),
});

const flag = z.strictObject({
  flag: flagCode,
  when: z.array(z.union([answered, z.strictObject({ score: z.string(), from: z.int() })])).min(1),
});

const triage = z.strictObject({
  bands: z.array(z.strictObject({ code: flagCode, when: z.array(answered).min(1) })).min(1),
  otherwise: flagCode,
});

/** Wording of one language: of the items by number, and of the answers by set of choices and value. */
export const wordingShape = z.strictObject({
  items: z.record(z.string().regex(/^\d+$/), text).default({}),
  labels: z.record(z.string(), z.record(z.string().regex(/^\d+$/), text)).default({}),
});

const shape = z.strictObject({
  code,
  version: z.string().regex(/^\d+(\.\d+)*$/),
  title: text,
  period: z.enum(['PAST_WEEK', 'PAST_2_WEEKS', 'PAST_MONTH', 'PAST_YEAR', 'LIFETIME']),
  ages: z.strictObject({ from: z.int().min(0), to: z.int().nullable() }),
  choices: z.record(z.string(), choices),
  items: z.array(item).min(1).max(200),
  total: score.nullable(),
  subscores: z.array(score).default([]),
  triage: triage.nullable().default(null),
  flags: z.array(flag).default([]),
  change: z
    .strictObject({
      reliable: z.int().positive(),
      responsePercent: z.int().min(1).max(100),
      remissionBelow: z.int().nullable().default(null),
    })
    .nullable()
    .default(null),
  loinc: z
    .strictObject({ panel: z.string().nullable().default(null), total: z.string().nullable().default(null) })
    .default({ panel: null, total: null }),
  credit: text,
  licence: text,
  languages: z.record(language, wordingShape),
});

/**
 * A definition of an instrument as it stands in a file. Everything that is scored, offered or shown must be in it: a
 * definition that lacks a part, or names a part that it does not have, is refused with every fault.
 * Source: infra/reference/domain.md 4.1.
 */
export const definitionFile = shape.superRefine((definition, context) => {
  for (const { path, message } of faultsOf(definition)) context.addIssue({ code: 'custom', path, message });
});

export type InstrumentDefinition = z.output<typeof definitionFile>;
export type Wording = z.output<typeof wordingShape>;

interface Fault {
  path: (string | number)[];
  message: string;
}

function faultsOf(definition: z.output<typeof shape>): Fault[] {
  return [
    ...itemFaults(definition),
    ...scoreFaults(definition),
    ...wordingFaults(definition),
    ...(definition.total || definition.triage || definition.subscores.length > 0
      ? []
      : [{ path: ['total'], message: 'Give a total, subscores or a triage: nothing would be scored.' }]),
  ];
}

function itemFaults({ items, choices: sets }: z.output<typeof shape>): Fault[] {
  return items.flatMap(({ number, choices: set, onlyIf }, index) => {
    const faults: Fault[] = [];
    const at = (field: string, message: string) => faults.push({ path: ['items', index, field], message });
    if (number !== index + 1) at('number', `Items are numbered in order: this is ${String(index + 1)}.`);
    if (!(set in sets)) at('choices', `There are no choices "${set}".`);
    if (onlyIf?.items.some((other) => other >= number)) at('onlyIf', 'It can depend on earlier items only.');
    return faults;
  });
}

function scoreFaults({ items, total, subscores, triage: rules, flags }: z.output<typeof shape>): Fault[] {
  const known = new Set(items.map(({ number }) => number));
  const scores = [...(total ? [total] : []), ...subscores];
  const used = [
    ...scores.map(({ items: of }) => of),
    ...(rules?.bands ?? []).flatMap(({ when }) => when.map(({ items: of }) => of)),
    ...flags.flatMap(({ when }) => when.flatMap((one) => ('items' in one ? [one.items] : []))),
  ].flat();
  const unknown = [...new Set(used.filter((number) => !known.has(number)))];
  const named = flags.flatMap(({ when }) => when.flatMap((one) => ('score' in one ? [one.score] : [])));
  return [
    ...unknown.map((number) => ({ path: ['items'], message: `There is no item ${String(number)}.` })),
    ...named
      .filter((name) => !scores.some((one) => one.code === name))
      .map((name) => ({ path: ['flags'], message: `There is no score ${name}.` })),
    ...scores
      .filter(
        ({ bands: of }) => of[0]?.from !== 0 || of.some(({ from }, at) => from <= (of[at - 1]?.from ?? -1)),
      )
      .map(({ code: name }) => ({ path: [name, 'bands'], message: 'Bands begin at 0 and ascend.' })),
  ];
}

function wordingFaults({ items, choices: sets, languages }: z.output<typeof shape>): Fault[] {
  return Object.entries(languages).flatMap(([name, wording]) =>
    faultsOfWording({ items, choices: sets }, wording).map((message) => ({
      path: ['languages', name],
      message,
    })),
  );
}

/** Wording for items or answers that the definition does not have. */
export function faultsOfWording(
  { items, choices: sets }: Pick<InstrumentDefinition, 'items' | 'choices'>,
  { items: texts, labels }: Wording,
): string[] {
  const known = new Set(items.map(({ number }) => String(number)));
  return [
    ...Object.keys(texts)
      .filter((number) => !known.has(number))
      .map((number) => `There is no item ${number}.`),
    ...Object.entries(labels).flatMap(([set, values]) => {
      const offered = sets[set];
      if (!offered) return [`There are no choices "${set}".`];
      const list = Array.isArray(offered) ? offered.map(({ value }) => String(value)) : [];
      return Object.keys(values)
        .filter((value) => !list.includes(value))
        .map((value) => `The choices "${set}" do not offer ${value}.`);
    }),
  ];
}
