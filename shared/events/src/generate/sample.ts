import { createHash } from 'node:crypto';
import type { EventDefinition } from '../define-event.ts';
import { publishedSchema, type JsonSchema } from './json-schema.ts';

/** One fact's data with every field filled; the same every time, so that a sample can be written again. */
export function sampleOf(event: EventDefinition): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(publishedSchema(event).properties ?? {}).map(([name, field]) => [
      name,
      valueOf(name, field),
    ]),
  );
}

function valueOf(name: string, field: JsonSchema): unknown {
  const kind = field.anyOf?.find(({ type }) => type !== 'null') ?? field;
  switch (kind.format ?? kind.type) {
    case 'array':
      return [valueOf(name, kind.items ?? {})];
    case 'uuid':
      return idNamed(name);
    case 'date':
      return '2027-02-01';
    case 'date-time':
      return '2026-11-23T18:02:11.000Z';
    case 'integer':
      return 1;
    case 'boolean':
      return true;
    default:
      return name.replace(/([A-Z])/g, '_$1').toUpperCase();
  }
}

function idNamed(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
