import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';

const row = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z0-9_]*$/),
  points: z.int().min(0),
  /** The tier is CRISIS while it counts. */
  isCrisis: z.boolean().default(false),
  /** Alone it makes the tier MONITOR. */
  isAftercare: z.boolean().default(false),
});

/** Points of each driver; a faulty row stops the start. Source: infra/reference/domain.md 4.6. */
export const driverRules: ReadonlyMap<string, z.output<typeof row>> = new Map(
  z
    .array(row)
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'drivers.json'), 'utf8')))
    .map((rule) => [rule.code, rule]),
);

/** Why a tier is what it is: a code, and the record behind it. */
export interface Driver {
  code: string;
  sourceType: string;
  sourceId: string;
  /** When it no longer counts; null: until the record changes. */
  until: Date | null;
}

/** Finds the drivers of a client in the records of one area. */
export type DriverSource = (tx: EntityManager, clientId: string, at: Moment) => Promise<Driver[]>;

/** Drivers of which each kind of record counts so long. */
export function daysAfter(from: Date, days: number): Date {
  return new Date(from.getTime() + days * 86_400_000);
}
