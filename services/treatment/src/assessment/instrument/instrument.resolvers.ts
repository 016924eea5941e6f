import type { Resolvers } from '../../generated/graphql.ts';
import { instruments } from './definitions.ts';

export const resolvers: Resolvers = {
  Query: { instruments: () => [...instruments] },
  Instrument: {
    items: ({ items }) => [...items],
    bands: ({ bands }) => [...bands],
    youngest: ({ ages }) => ages.from,
    oldest: ({ ages }) => ages.to,
    totalLoinc: ({ loinc }) => loinc.total,
  },
  InstrumentItem: { values: ({ values }) => [...values] },
};
