import type { EntityManager } from 'typeorm';
import { CannotLoad } from '../instrument/load-instrument.ts';
import { findLists, LoadedCodeListEntity } from './code-list.entity.ts';
import { dotted, writeCodes, type ListedCode } from './code-list.ts';

/** Which list a file is. */
export interface CodeListFile {
  year: number;
  /** For example 2027, or 2027-04 for the update of April. */
  release: string;
  validFrom: string;
  /** The order file of CMS, for example icd10cm_order_2027.txt. */
  text: string;
}

/** A real list has more than 70,000 usable codes: a file with less was cut off. Tests load small ones. */
const LEAST_CODES = 70_000;
const MOST_FAULTS = 20;
const line = /^\d{5} ([A-Z]\d[0-9A-Z]{1,5}) +([01]) .{60} (\S.*)$/;

/** Codes of an order file, or what is wrong with its lines. Source: infra/reference/domain.md 7.3. */
export function readOrderFile(text: string, least = LEAST_CODES): ListedCode[] {
  const codes = new Map<string, ListedCode>();
  const faults: string[] = [];
  text.split(/\r?\n/).forEach((row, at) => {
    if (row.trim() === '') return;
    const [, code, flag, label] = line.exec(row) ?? [];
    const place = `line ${String(at + 1)}`;
    if (!code || !label)
      faults.push(`${place}: not a line of an order file (number, code, 0 or 1, two labels)`);
    else if (codes.has(code)) faults.push(`${place}: ${code} stands here twice`);
    else codes.set(code, { code: dotted(code), isUsable: flag === '1', label: label.trim() });
  });
  const usable = [...codes.values()].filter(({ isUsable }) => isUsable).length;
  if (faults.length === 0 && usable < least)
    faults.push(`only ${String(usable)} usable codes: a whole list has more than ${String(least)}`);
  if (faults.length > 0) throw new CannotLoad(faults.slice(0, MOST_FAULTS));
  return [...codes.values()];
}

/** Loads a list of a year. A list is loaded once and never changes, because diagnoses refer to it. */
export async function loadCodeList(
  tx: EntityManager,
  { year, release, validFrom, text }: CodeListFile,
  { now, least = LEAST_CODES }: { now: Date; least?: number },
): Promise<string> {
  const codes = readOrderFile(text, least);
  const known = await findLists(tx);
  if (known.some((list) => list.year === year && list.release === release))
    throw new CannotLoad([`The list ${release} of ${String(year)} is here already.`]);
  if (known.some((list) => list.validFrom === validFrom))
    throw new CannotLoad([`Another list counts from ${validFrom} on.`]);
  const codeCount = codes.filter(({ isUsable }) => isUsable).length;
  await tx.insert(LoadedCodeListEntity, {
    ...{ year, release, validFrom, codeCount, content: writeCodes(codes), loadedAt: now },
    source: `ICD-10-CM order file of ${String(year)}, Centers for Medicare and Medicaid Services`,
    licence: 'Public domain in the United States',
  });
  return `ICD-10-CM ${release}: ${String(codeCount)} codes, from ${validFrom} on`;
}
