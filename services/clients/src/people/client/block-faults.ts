import { isUuid } from '@throughline/graphql';
import type { InputIssue } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import { findUnknown } from '../agency/agency.entity.ts';

/**
 * Faults of agencies that are blocked: a block of an agency that does not exist would protect nobody. Source:
 * infra/reference/domain.md 4.7.
 */
export async function blockFaults(
  tx: EntityManager,
  ids: readonly string[] | null | undefined,
): Promise<InputIssue[]> {
  const named = (ids ?? []).map((id) => id.toLowerCase());
  const unknown = await findUnknown(tx, named.filter(isUuid));
  return named.flatMap((id, index) =>
    unknown.has(id) || !isUuid(id)
      ? [{ path: `blockedAgencyIds.${String(index)}`, code: 'UNKNOWN', message: noAgency }]
      : [],
  );
}

const noAgency = 'There is no such agency in the directory.';
