import { createHash } from 'node:crypto';
import { checks } from './check-row.ts';
import { guessAgencyType } from './guess-agency-type.ts';
import type { Entity, Field } from './entity-shape.ts';
import { cleanText, longest, readValue } from './hsds-value.ts';
import type { Data, Note, RawRow, RowProblem, StagedRow } from './hsds.ts';
import { stableId } from './stable-id.ts';

export interface Staged {
  row: StagedRow | null;
  problems: RowProblem[];
}

/** Turns a row of a package into one of ours; without a row, a problem says why. */
export function stageRow(raw: RawRow, entity: Entity, source: string, file: string): Staged {
  const problems: RowProblem[] = [];
  const note: Note = (severity, code, field, message) => {
    problems.push({ file, line: raw.line, field, severity, code, message });
  };
  const row = readRow(raw, entity, { source, note });
  return { row: row && { ...row, file }, problems };
}

interface Frame {
  source: string;
  note: Note;
}

/** Null: the row cannot be taken, or holds nothing to take. */
function readRow(raw: RawRow, entity: Entity, { source, note }: Frame): Omit<StagedRow, 'file'> | null {
  const fields = settle(entity.name, raw.fields);
  const unwanted = notKept(entity.name, fields);
  if (unwanted) note('SKIPPED', 'NOT_KEPT', null, unwanted);
  const data = unwanted ? null : readFields(entity, fields, note);
  const refs = data && readReferences(entity, fields, data, { source, note });
  if (!data || !refs) return null;
  if (entity.detail && saysNothing(entity, data, refs)) {
    note('SKIPPED', 'EMPTY_ROW', null, 'The row names its owner and nothing else.');
    return null;
  }
  const sourceId = fields.id ? cleanText(fields.id) : null;
  if (!sourceId && !entity.detail && entity.name !== 'service_at_location') {
    note('REFUSED', 'MISSING_ID', 'id', 'The row has no id.');
    return null;
  }
  const byId = entity.named === 'ID' && sourceId;
  return {
    entity: entity.name,
    line: raw.line,
    id: stableId(source, entity.name, byId ? sourceId : contentOf(refs, data)),
    sourceId: byId ? sourceId : null,
    data,
    refs,
    initial: entity.name === 'agency' ? { agency_type: guessAgencyType(String(data.name)) } : {},
    view: raw.view,
  };
}

/** A link to a term says something without any other field. */
function saysNothing({ name }: Entity, data: Data, refs: Record<string, string>): boolean {
  return name !== 'service_term' && Object.keys(data).length === Object.keys(refs).length;
}

/** Null: the row cannot be taken. */
function readFields(entity: Entity, fields: Record<string, string>, note: Note): Data | null {
  const data: Data = entity.name === 'service' ? { status: 'ACTIVE' } : {};
  const keepText = (name: string, text: string): void => {
    const column = entity.unreadInto;
    if (column) data[column] = [data[column], `${name}: ${text}`].filter(Boolean).join('; ');
  };
  for (const field of entity.fields) {
    const found = filled(fields, field.from);
    const fault = faultOf(field, found);
    if (fault) {
      note('REFUSED', fault.code, found?.name ?? field.from[0] ?? null, fault.message);
      return null;
    }
    if (!found) continue;
    const value = readValue(field.kind, found.text);
    if (value === null) keepUnread(entity, field, found, { data, note, keepText });
    else data[field.column] = value;
  }
  for (const name of entity.onlyText ?? []) {
    const found = filled(fields, [name]);
    if (found) keepText(name, found.text);
  }
  checks[entity.name]?.({ data, fields, note, keepText });
  return data;
}

interface Found {
  /** Name of the field in the package. */
  name: string;
  text: string;
}

function faultOf(
  { kind, required }: Field,
  found: Found | null,
): { code: 'MISSING_FIELD' | 'FIELD_TOO_LONG'; message: string } | null {
  if (!found && required) {
    return { code: 'MISSING_FIELD', message: 'A field that every row of this file needs is empty.' };
  }
  const most = longest[kind === 'text' ? 'text' : 'line'];
  return found && found.text.length > most
    ? { code: 'FIELD_TOO_LONG', message: `The field has more than ${most} characters.` }
    : null;
}

interface Keep {
  data: Data;
  note: Note;
  keepText: (name: string, text: string) => void;
}

const spoken: Partial<Record<Field['kind'], string>> = {
  time: 'time',
  zone: 'time zone',
  weekdays: 'weekday',
  language: 'language',
};

/** A text that cannot be read as a value is reported, and kept where the table has a column for such texts. */
function keepUnread(
  { unreadInto }: Entity,
  field: Field,
  found: Found,
  { data, note, keepText }: Keep,
): void {
  keepText(found.name, found.text);
  const word = spoken[field.kind];
  if (field.kind === 'serviceStatus') {
    data.status = 'INACTIVE';
    const message = 'The status is not one of HSDS; the service counts as inactive.';
    note('WARNING', 'BAD_VALUE', found.name, message);
  } else if (field.kind === 'language') {
    note(
      'WARNING',
      'FREE_TEXT',
      found.name,
      'The language is free text; it is kept as text, without a code.',
    );
  } else if (field.kind === 'insurance') {
    const message = 'It is not clear which insurance the text means; it is kept as text, without a code.';
    note('WARNING', 'UNCLEAR_CODE', found.name, message);
  } else if (word) {
    note('WARNING', 'FREE_TEXT', found.name, `The ${word} is free text; it is kept as text only.`);
  } else {
    const rest = unreadInto ? 'is kept as text only' : 'stays empty';
    note('WARNING', 'BAD_VALUE', found.name, `The field cannot be read as ${field.kind} and ${rest}.`);
  }
}

/** Null: the row lacks an owner. Ids go into `data` as ours and into the answer as the source writes them. */
function readReferences(
  entity: Entity,
  fields: Record<string, string>,
  data: Data,
  { source, note }: Frame,
): Record<string, string> | null {
  const refs: Record<string, string> = {};
  for (const { column, from, entity: target, required } of entity.references) {
    const id = fields[from] ? cleanText(fields[from]) : null;
    if (id) {
      data[column] = stableId(source, target, id);
      refs[column] = id;
    } else if (required) {
      note('REFUSED', 'MISSING_FIELD', from, 'The row does not say what it belongs to.');
      return null;
    }
  }
  if (entity.detail && !entity.standsAlone && Object.keys(refs).length === 0) {
    note('SKIPPED', 'MISSING_FIELD', null, 'The row belongs to nothing that the directory keeps.');
    return null;
  }
  return refs;
}

/** Differences between the versions of HSDS that are more than a name. */
function settle(entity: string, fields: Record<string, string>): Record<string, string> {
  if (entity === 'phone') return { ...fields, number: (fields.number ?? '').replace(/^"(.*)"$/, '$1') };
  if (entity === 'taxonomy_term' && !fields.code) return { ...fields, code: codeOf(fields.id ?? '') };
  if (entity !== 'service_term') return fields;
  const isOfService = fields.link_entity?.trim().toLowerCase() === 'service';
  return {
    ...fields,
    taxonomy_term_id: fields.taxonomy_term_id ?? fields.taxonomy_id ?? '',
    service_id: fields.service_id ?? (isOfService ? (fields.link_id ?? '') : ''),
  };
}

/** Why a row of this kind is not kept, or null. */
function notKept(entity: string, fields: Record<string, string>): string | null {
  const of = fields.link_entity?.trim().toLowerCase() ?? '';
  return entity === 'service_term' && of !== '' && of !== 'service' && !fields.service_id
    ? 'Only attributes of services are kept.'
    : null;
}

function filled(fields: Record<string, string>, from: readonly string[]): Found | null {
  for (const name of from) {
    const text = fields[name] ? cleanText(fields[name]) : null;
    if (text) return { name, text };
  }
  return null;
}

/** Two rows that say the same are the same row. */
function contentOf(refs: Record<string, string>, data: Data): string {
  const sorted = Object.entries({ ...data, ...refs }).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/** In HSDS 1.x the id of a term is its code. */
function codeOf(id: string): string {
  return id.length <= 40 && !/^[0-9a-f-]{36}$/i.test(id) ? id : '';
}
