import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { forbidden, type Forbidden } from '@throughline/graphql/problems';
import type { Day } from '@throughline/privacy';
import { z } from 'zod';

const acts = ['DIAGNOSE', 'SIGN_LEVEL_OF_CARE'] as const;
export type LicensedAct = (typeof acts)[number];

/** Copy of a credential of a member of staff. */
export interface HeldCredential {
  id: string;
  staffId: string;
  typeCode: string;
  /** Last day; null: it does not end. */
  validUntil: Day | null;
  /** Whether it is verified, and neither suspended, revoked nor given up. */
  counts: boolean;
}

const rows = z.array(z.strictObject({ act: z.enum(acts), credentials: z.array(z.string()).min(1) }));

/** Which types of credential permit which act; the law of the state decides, so it is data. Source: infra/reference/domain.md 1.3, 1.5. */
const scopes = new Map(
  rows
    .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'acts.json'), 'utf8')))
    .map(({ act, credentials }) => [act, credentials] as const),
);

/** Types of credential that permit an act. */
function credentialsFor(act: LicensedAct): readonly string[] {
  return scopes.get(act) ?? [];
}

/** The type of credential because of which somebody may do it on this day; null: the act is outside the scope of practice. */
export function licenceFor(act: LicensedAct, held: readonly HeldCredential[], day: Day): string | null {
  const valid = held.filter(({ counts, validUntil }) => counts && (validUntil === null || validUntil >= day));
  return credentialsFor(act).find((type) => valid.some(({ typeCode }) => typeCode === type)) ?? null;
}

const named: Record<LicensedAct, string> = {
  DIAGNOSE: 'To diagnose',
  SIGN_LEVEL_OF_CARE: 'To sign a level of care',
};

/** Nobody's licence permits it: says which do. */
export function outOfScope(act: LicensedAct): Forbidden {
  return forbidden(`${named[act]} takes a verified credential: ${credentialsFor(act).join(', ')}.`);
}
