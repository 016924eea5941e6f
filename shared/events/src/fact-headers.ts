import { z } from 'zod';
import { id } from './fields.ts';

/** The headers of a fact on Kafka: CloudEvents 1.0, binary mode. What `shared/messaging` writes is tested against this. */
export const factHeaders = z.object({
  'content-type': z.literal('application/json'),
  ce_specversion: z.literal('1.0'),
  ce_id: id.describe('The fact. Delivery is at least once: handle each id once.'),
  ce_type: z
    .string()
    .regex(/^org\.throughline\.[\w-]+\.\w+\.v\d+$/)
    .describe('org.throughline.<context>.<Type>.v<version>; pass over types that you do not know.'),
  ce_source: z
    .string()
    .regex(/^\/throughline\/[\w-]+$/)
    .describe('The service that recorded it.'),
  ce_subject: z.string().describe('The same as ce_partitionkey.'),
  ce_time: z.iso.datetime().describe('When it happened: server clock, UTC.'),
  ce_partitionkey: z.string().describe('The message key: what the order is kept for.'),
  ce_sequence: z
    .string()
    .regex(/^\d+$/)
    .describe('Counts the facts of one key in one topic from 1 without gaps; 0 = not numbered.'),
  ce_actorkind: z.enum(['STAFF', 'PARTNER', 'SYSTEM']).describe('Who did it.'),
  ce_actorid: z.string().describe('An id of ours, never a name.'),
  ce_actoragency: z.string().optional().describe("The partner's own agency."),
  ce_correlationid: z.string().describe('The request or story it belongs to.'),
  ce_causationid: z.string().optional().describe('The fact that led to it.'),
  traceparent: z
    .string()
    .regex(/^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/)
    .optional()
    .describe('W3C Trace Context: the step that recorded it, where it was traced.'),
});
