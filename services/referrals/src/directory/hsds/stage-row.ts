import { createHash } from 'node:crypto';
import { guessAgencyType } from './guess-agency-type.ts';
import type { Entity, Field } from './hsds-entity.ts';
import { cleanText, longest, readValue } from './hsds-value.ts';
import type { ProblemCode, RawRow, RowProblem, Severity, StagedRow } from './hsds.ts';
import { stableId } from './stable-id.ts';

export interface Staged {
  row: StagedRow | null;
  problems: RowProblem[];
}

/** Turns a row of a package into one of ours; without a row, a problem says why. */
export function stageRow(raw: RawRow, entity: Entity, source: string, file: string): Staged {
  const problems: RowProblem[] = [];
  const note: Note = (severity, code, field, message) =>
    problems.push({ file, line: raw.line, field, severity, code, message });
  const fields = settle(entity.name, raw.fields);

  const data = readFields(entity, fields, note);
  const refs = data && readReferences(entity, fields, data, { source, note });
  const isEmpty = refs && Object.keys(data).length === Object.keys(refs).length && entity.detail;
  const linksTerm = entity.name === 'service_term';
  if (isEmpty && !linksTerm) note('SKIPPED', 'EMPTY_ROW', null, 'The row has an owner and nothing else.');
  if (!data || !refs || (isEmpty && !linksTerm)) return { row: null, problems };

  const sourceId = fields.id ? cleanText(fields.id) : null;
  if (!sourceId && !entity.detail && entity.name !== 'service_at_location') {
    note('REFUSED', 'MISSING_ID', 'id', 'The row has no id.');
    return { row: null, problems };
  }
  const byId = entity.named === 'ID' && sourceId;
  const name = byId ? sourceId : contentOf(refs, data);
  return {
    row: {
      entity: entity.name,
      file,
      line: raw.line,
      id: stableId(source, entity.name, name),
      sourceId: byId ? sourceId : null,
      data,
      refs,
      initial: entity.name === 'agency' ? { agency_type: guessAgencyType(String(data.name)) } : {},
      view: raw.view,
    },
    problems,
  };
}

type Note = (severity: Severity, code: ProblemCode, field: string | null, message: string) => unknown;
type Data = StagedRow['data'];

/** Null: the row cannot be taken. */
function readFields(entity: Entity, fields: Record<string, string>, note: Note): Data | null {
  const data: Data = entity.name === 'service' ? { status: 'ACTIVE' } : {};
  for (const field of entity.fields) {
    const found = filled(fields, field.from);
    if (!found) {
      if (!field.required) continue;
      note('REFUSED', 'MISSING_FIELD', field.from[0] ?? null, 'A field that every such row needs is empty.');
      return null;
    }
    const most = longest[field.kind === 'text' ? 'text' : 'line'];
    if (found.text.length > most) {
      note('REFUSED', 'FIELD_TOO_LONG', found.name, `The field has more than ${most} characters.`);
      return null;
    }
    const value = readValue(field.kind, found.text);
    if (value !== null) data[field.column] = value;
    else keepUnread(field, found, data, note);
  }
  return data;
}

/** What cannot be read as a value is said, and kept as text where there is a place for it. */
function keepUnread(field: Field, found: { name: string; text: string }, data: Data, note: Note): void {
  if (field.kind === 'time') {
    note('WARNING', 'FREE_TEXT', found.name, 'The time is free text; it is kept as text only.');
    data.original_text = [data.original_text, `${found.name}: ${found.text}`].filter(Boolean).join('; ');
  } else if (field.kind === 'language') {
    note(
      'WARNING',
      'FREE_TEXT',
      found.name,
      'The language is free text; it is kept as text, without a code.',
    );
  } else if (field.kind === 'serviceStatus') {
    data.status = 'INACTIVE';
    note(
      'WARNING',
      'BAD_VALUE',
      found.name,
      'The status is not one of HSDS; the service counts as inactive.',
    );
  } else {
    note('WARNING', 'BAD_VALUE', found.name, `The field cannot be read as ${field.kind} and stays empty.`);
  }
}

/** Null: the row lacks an owner. Ids go into `data` as ours and into the answer as the source writes them. */
function readReferences(
  entity: Entity,
  fields: Record<string, string>,
  data: Data,
  { source, note }: { source: string; note: Note },
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
  if (entity.detail && Object.keys(refs).length === 0) {
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

function filled(
  fields: Record<string, string>,
  from: readonly string[],
): { name: string; text: string } | null {
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
