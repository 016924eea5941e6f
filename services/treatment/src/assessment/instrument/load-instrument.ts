import { z } from 'zod';
import type { EntityManager } from 'typeorm';
import { definitionFile, faultsOfWording, wordingShape } from './definition-file.ts';
import { findAllInstruments, InstrumentWordingEntity, LoadedInstrumentEntity } from './instrument.entity.ts';

const wordingFile = z.strictObject({
  code: z.string(),
  version: z.string(),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
  wording: wordingShape,
});

/** Who loads, and when. */
export interface Loading {
  /** Name of the person who accepts the terms for this installation; null: nobody accepted them. */
  acceptedBy: string | null;
  now: Date;
}

/** The file was not loaded; `faults` says why, line by line. */
export class CannotLoad extends Error {
  override name = 'CannotLoad';
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.faults = faults;
  }
}

/**
 * Loads a definition (with `items`) or wording (with `wording`) from a file into this installation. A version is
 * loaded once and never changes, because scores refer to it. Source: infra/reference/domain.md 4.1, 4.2.
 */
export async function loadInstrument(tx: EntityManager, file: unknown, loading: Loading): Promise<string> {
  const { acceptedBy, now } = loading;
  if (!acceptedBy)
    throw new CannotLoad(['The terms are not accepted: read the licence, then use --accepted-by <name>.']);
  const accepted = { acceptedBy, loadedAt: now };
  return isWording(file) ? loadWording(tx, file, accepted) : loadDefinition(tx, file, accepted);
}

interface Accepted {
  acceptedBy: string;
  loadedAt: Date;
}

async function loadDefinition(tx: EntityManager, file: unknown, accepted: Accepted): Promise<string> {
  const definition = checked(definitionFile, file);
  const { code, version } = definition;
  const present = await findAllInstruments(tx);
  if (present.some((one) => one.code === code && one.version === version))
    throw new CannotLoad([`${code} version ${version} is loaded already; a change needs a new version.`]);
  await tx.insert(LoadedInstrumentEntity, { code, version, definition, ...accepted });
  return `${code} version ${version}: ${String(definition.items.length)} items`;
}

async function loadWording(tx: EntityManager, file: unknown, accepted: Accepted): Promise<string> {
  const { code, version, language, wording } = checked(wordingFile, file);
  const present = await findAllInstruments(tx);
  const instrument = present.find((one) => one.code === code && one.version === version);
  if (!instrument) throw new CannotLoad([`There is no ${code} version ${version}.`]);
  const faults = faultsOfWording(instrument, wording);
  if (faults.length > 0) throw new CannotLoad(faults);
  const key = ['code', 'version', 'language'];
  await tx.upsert(InstrumentWordingEntity, { code, version, language, wording, ...accepted }, key);
  return `${code} version ${version}: wording in ${language} of ${String(Object.keys(wording.items).length)} items`;
}

function isWording(file: unknown): boolean {
  return typeof file === 'object' && file !== null && 'wording' in file;
}

function checked<Output>(shape: z.ZodType<Output>, file: unknown): Output {
  const { success, data, error } = shape.safeParse(file);
  if (success) return data;
  throw new CannotLoad(
    error.issues.map(({ path, message }) => `${path.map(String).join('.') || 'file'}: ${message}`),
  );
}
