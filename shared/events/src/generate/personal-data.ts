import type { JsonSchema } from './json-schema.ts';

/** Names under which something about a person would travel, whatever its type; the id of a note is an id. */
const SUSPECT_NAME =
  /name|birth|dob|ageBand|phone|e?mail|address|street|city|zip|postal|note(?!ice|Id$)|text|comment|remark|message|ssn|mrn|gender|pronoun|diagnos|answer|score|total/i;

const BLIND_FORMATS = new Set(['uuid', 'date', 'date-time']);

/**
 * The fields through which personal data could leave with a fact: a suspect name, or a value that is not an id,
 * a code, a date, an instant, a whole number, a boolean, or a list of those. Empty = the fact is blind.
 */
export function suspectFields(schema: JsonSchema): string[] {
  return Object.entries(schema.properties ?? {})
    .filter(([name, field]) => SUSPECT_NAME.test(name) || !isBlind(field))
    .map(([name]) => name);
}

function isBlind(field: JsonSchema): boolean {
  if (field.anyOf) return field.anyOf.every(isBlind);
  if (field.type === 'array') return field.items !== undefined && isBlind(field.items);
  if (field.type === 'string') return isBlindString(field);
  return field.type === 'integer' || field.type === 'boolean' || field.type === 'null';
}

/** A code's pattern must leave no room for a sentence. */
function isBlindString({ format, pattern }: JsonSchema): boolean {
  if (format !== undefined) return BLIND_FORMATS.has(format);
  return pattern !== undefined && !new RegExp(pattern, 'u').test('two words');
}
