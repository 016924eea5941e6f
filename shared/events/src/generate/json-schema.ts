import { z } from 'zod';
import type { EventDefinition } from '../define-event.ts';

/** The part of JSON Schema (2020-12) that facts are made of. */
export interface JsonSchema {
  $schema?: string;
  $id?: string;
  title?: string;
  description?: string;
  type?: string;
  const?: unknown;
  format?: string;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
}

/** What consumers are promised. Open: fields that are not listed may appear and must be ignored. */
export function publishedSchema(event: EventDefinition): JsonSchema {
  const { $schema, ...shape } = schemaOf(event.open);
  return {
    ...($schema && { $schema }),
    $id: `urn:throughline:${event.topic}:${event.type}:${String(event.version)}`,
    title: `${event.type} v${String(event.version)}`,
    description: event.description,
    ...shape,
  };
}

/** Read as input, because for its output zod closes what is meant to be open. */
export function schemaOf(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' }) as JsonSchema;
}
