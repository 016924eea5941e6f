import type { Resolvers } from '../../generated/graphql.ts';
import { cutOffsOf, isReversed, valuesOf, type Instrument, type Item } from './instrument.ts';

/** An item together with the definition that has its choices and wording. */
export interface ItemOf {
  instrument: Instrument;
  item: Item;
}

export const resolvers: Resolvers = {
  Query: { instruments: (_root, _args, { loaders }) => loaders.currentInstruments.load('all') },
  Instrument: {
    items: (instrument) => instrument.items.map((item) => ({ instrument, item })),
    bands: ({ total }) => [...(total?.bands ?? [])],
    triage: ({ triage }) => (triage ? [...triage.bands.map(({ code }) => code), triage.otherwise] : []),
    positiveFrom: ({ total }) => (typeof total?.positive === 'number' ? total.positive : null),
    cutOffs: ({ total }) => (total ? cutOffsOf(total) : []),
    subscores: ({ subscores }) => [...subscores],
    youngest: ({ ages }) => ages.from,
    oldest: ({ ages }) => ages.to,
    mostMissing: ({ total }) => total?.mostMissing ?? 0,
    languages: ({ languages }) => Object.keys(languages).sort(),
    panelLoinc: ({ loinc }) => loinc.panel,
    totalLoinc: ({ loinc }) => loinc.total,
  },
  InstrumentItem: {
    number: ({ item }) => item.number,
    topic: ({ item }) => item.topic,
    text: ({ instrument, item }, { language }) =>
      instrument.languages[language]?.items[String(item.number)] ?? null,
    values: ({ instrument, item }) => valuesOf(instrument, item),
    choices: ({ instrument, item }, { language }) =>
      valuesOf(instrument, item).map((value) => ({
        value,
        label: instrument.languages[language]?.labels[item.choices]?.[String(value)] ?? null,
      })),
    least: ({ instrument, item }) => rangeOf(instrument, item)?.from ?? null,
    most: ({ instrument, item }) => rangeOf(instrument, item)?.to ?? null,
    many: ({ item }) => item.many,
    onlyIf: ({ item }) => item.onlyIf ?? null,
    scored: ({ item }) => item.scored,
    reverse: ({ instrument, item }) => isReversed(instrument, item),
    loinc: ({ item }) => item.loinc,
  },
  InstrumentSubscore: {
    positiveFrom: ({ positive }) => (typeof positive === 'number' ? positive : null),
  },
};

function rangeOf({ choices }: Instrument, item: Item): { from: number; to: number } | null {
  const set = choices[item.choices];
  return !set || Array.isArray(set) ? null : set;
}
