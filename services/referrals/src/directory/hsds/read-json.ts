import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { streamArray, type StreamArrayItem } from 'stream-json/streamers/stream-array.js';
import { entityByName } from './hsds-entity.ts';
import { UnreadableFile, type RawRow } from './hsds.ts';
import type { Portion } from './read-csv.ts';

/** A JSON file whose outside is one object is read as a whole; a list of any length is read piece by piece. */
const largestObject = 64 * 1024 * 1024;

const malformed = (message: string): UnreadableFile => new UnreadableFile('MALFORMED_JSON', message);

/** The rows of one JSON file: each record with all that is nested in it. */
export async function* readJson(path: string, entity: string): AsyncGenerator<Portion> {
  let number = 0;
  for await (const record of recordsOf(path)) {
    number += 1;
    const rows: RawRow[] = [];
    if (isObject(record)) flatten({ entity, line: number, depth: 0 }, record, rows);
    yield { rows, problems: [] };
  }
}

async function* recordsOf(path: string): AsyncGenerator {
  if ((await firstCharacter(path)) === '[') {
    yield* elementsOf(path);
    return;
  }
  if ((await stat(path)).size > largestObject) throw malformed('One object of more than 64 MB.');
  const value = parse(await readFile(path, 'utf8'));
  // Answers of an HSDS interface carry their records in an envelope.
  if (isObject(value) && Array.isArray(value.contents)) yield* value.contents;
  else yield value;
}

async function* elementsOf(path: string): AsyncGenerator {
  const source = createReadStream(path);
  const elements = streamArray.withParserAsStream();
  source.on('error', (error) => elements.destroy(error));
  source.pipe(elements);
  try {
    for await (const { value } of elements as AsyncIterable<StreamArrayItem>) yield value;
  } catch {
    throw malformed('The list breaks off or is not JSON.');
  } finally {
    source.destroy();
  }
}

async function firstCharacter(path: string): Promise<string | undefined> {
  for await (const chunk of createReadStream(path, {
    encoding: 'utf8',
    end: 4095,
  }) as AsyncIterable<string>) {
    return chunk
      .replace(/^\ufeff/, '')
      .trimStart()
      .charAt(0);
  }
  return undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw malformed('The file breaks off or is not JSON.');
  }
}

/** Where other rows are nested, by field. Contacts are not here: names of persons are not taken. */
const nested: Partial<Record<string, string>> = {
  organization: 'agency',
  services: 'service',
  service: 'service',
  locations: 'location',
  location: 'location',
  service_at_locations: 'service_at_location',
  phones: 'phone',
  schedules: 'schedule',
  languages: 'service_language',
  addresses: 'address',
  accessibility: 'accessibility',
  cost_options: 'cost_option',
  service_areas: 'service_area',
  required_documents: 'required_document',
  attributes: 'service_term',
  taxonomy_term: 'taxonomy_term',
  additional_websites: 'web_link',
  additional_urls: 'web_link',
  capacities: 'service_capacity',
  unit: 'capacity_unit',
};

const parentField: Partial<Record<string, string>> = {
  agency: 'organization_id',
  service: 'service_id',
  location: 'location_id',
  service_at_location: 'service_at_location_id',
};

interface Place {
  entity: string;
  line: number;
  depth: number;
}

type JsonObject = Record<string, unknown>;

function flatten(place: Place, record: JsonObject, rows: RawRow[]): void {
  const fields: Record<string, string> = {};
  rows.push({ entity: place.entity, line: place.line, fields, view: true });
  for (const [name, value] of Object.entries(record)) {
    const entity = nested[name];
    if (!entity) {
      fields[name.toLowerCase()] = asText(value);
      continue;
    }
    if (isObject(value)) fields[`${name}_id`] ||= asText(value.id);
    if (!isAbout(entity, place.entity) || place.depth >= 12) continue;
    for (const child of (Array.isArray(value) ? value : [value]).filter(isObject)) {
      flatten(
        { entity, line: place.line, depth: place.depth + 1 },
        linked(child, entity, record, place),
        rows,
      );
    }
  }
}

/** The languages of a telephone and the terms of an address say nothing about a service. */
function isAbout(entity: string, outer: string): boolean {
  if (entity === 'service_language') return outer !== 'phone';
  return entity !== 'service_term' || outer === 'service';
}

/** The nested record with the id of what it is nested in, where its kind has a place for that. */
function linked(child: JsonObject, entity: string, outer: JsonObject, place: Place): JsonObject {
  const link = parentField[place.entity];
  const takes = entityByName.get(entity)?.references.some(({ from }) => from === link);
  return link && takes && !(link in child) ? { ...child, [link]: outer.id } : child;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return Array.isArray(value) && value.every((part) => typeof part === 'string') ? value.join(',') : '';
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
