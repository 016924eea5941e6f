import { EntitySchema, type EntityManager } from 'typeorm';
import DataLoader from 'dataloader';
import type { Wording } from './definition-file.ts';
import { currentOf, findVersion, instruments } from './definitions.ts';
import type { Instrument } from './instrument.ts';

/** A definition that an operator loaded after accepting its terms. */
export interface LoadedInstrument {
  code: string;
  version: string;
  definition: Instrument;
  /** Name of the person who accepted the terms for this installation. */
  acceptedBy: string;
  loadedAt: Date;
}

/** Wording of one language that an operator loaded for a definition. */
export interface InstrumentWording {
  code: string;
  version: string;
  language: string;
  wording: Wording;
  acceptedBy: string;
  loadedAt: Date;
}

const versionKey = {
  code: { type: 'text', primary: true },
  version: { type: 'text', primary: true },
} as const;
const acceptance = {
  acceptedBy: { type: 'text', name: 'accepted_by' },
  loadedAt: { type: 'timestamptz', name: 'loaded_at' },
} as const;

export const LoadedInstrumentEntity = new EntitySchema<LoadedInstrument>({
  name: 'LoadedInstrument',
  tableName: 'loaded_instrument',
  columns: { ...versionKey, definition: { type: 'jsonb' }, ...acceptance },
});

export const InstrumentWordingEntity = new EntitySchema<InstrumentWording>({
  name: 'InstrumentWording',
  tableName: 'instrument_wording',
  columns: {
    ...versionKey,
    language: { type: 'text', primary: true },
    wording: { type: 'jsonb' },
    ...acceptance,
  },
});

/** Every version that this installation has. */
export async function findAllInstruments(db: EntityManager): Promise<Instrument[]> {
  const loaded = await db.find(LoadedInstrumentEntity);
  return [...instruments, ...loaded.map(({ definition }) => definition)];
}

/** The current version of an instrument, or null when none has this code. */
export async function findCurrent(db: EntityManager, code: string): Promise<Instrument | null> {
  const loaded = await db.findBy(LoadedInstrumentEntity, { code });
  const all = [...instruments, ...loaded.map(({ definition }) => definition)];
  return currentOf(all).find((one) => one.code === code) ?? null;
}

interface VersionKey {
  code: string;
  version: string;
}

export function instrumentLoaders(db: EntityManager) {
  return {
    /** The version that a score was made with. A version is never removed, so one that is missing is a bug. */
    instrumentByVersion: new DataLoader<VersionKey, Instrument, string>((keys) => loadVersions(db, keys), {
      cacheKeyFn: ({ code, version }) => `${code}@${version}`,
    }),
    /** The current versions with all their wording. */
    currentInstruments: new DataLoader<'all', Instrument[]>(async (keys) => {
      const wordings = await db.find(InstrumentWordingEntity);
      const current = currentOf(await findAllInstruments(db));
      const worded = current.map((one) => withWordings(one, wordings));
      return keys.map(() => worded);
    }),
  };
}

async function loadVersions(db: EntityManager, keys: readonly VersionKey[]): Promise<(Instrument | Error)[]> {
  const away = keys.filter(({ code, version }) => !findVersion(code, version));
  const loaded = away.length > 0 ? await db.find(LoadedInstrumentEntity) : [];
  return keys.map(
    ({ code, version }) =>
      findVersion(code, version) ??
      loaded.find((one) => one.code === code && one.version === version)?.definition ??
      new Error(`No definition of ${code} version ${version} is loaded`),
  );
}

/** Loaded wording goes over the wording of the file, language by language. */
function withWordings(instrument: Instrument, wordings: readonly InstrumentWording[]): Instrument {
  const { code, version } = instrument;
  const own = wordings.filter((one) => one.code === code && one.version === version);
  const loaded = own.map(({ language, wording }) => {
    const before = instrument.languages[language];
    const items = { ...before?.items, ...wording.items };
    return [language, { items, labels: { ...before?.labels, ...wording.labels } }] as const;
  });
  return { ...instrument, languages: { ...instrument.languages, ...Object.fromEntries(loaded) } };
}
