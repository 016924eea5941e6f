import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';
import type { CredentialType } from '../credential/credential.ts';

export type CredentialTypeDraft = Omit<CredentialType, 'id' | 'version'>;

/** Adds a type to the registry. Answers InvalidInput. Source: infra/reference/domain.md 1.3. */
export function addType(draft: CredentialTypeDraft, now: Date): Decision<CredentialType, never> {
  const faults = [...codeFaults(draft), ...hoursFaults(draft)];
  return faults.length > 0 ? invalidInput(faults) : { insert: { ...draft, id: uuidV7(now), version: 1 } };
}

/** Changes a type; its code stays. Answers InvalidInput. Source: infra/reference/domain.md 1.3. */
export function changeType(
  type: CredentialType,
  changes: Partial<Omit<CredentialTypeDraft, 'code'>>,
): Decision<never, CredentialType> {
  const update = { ...type, ...changes };
  const faults = hoursFaults(update);
  return faults.length > 0 ? invalidInput(faults) : { update };
}

/** Codes of the registry and of program models look alike. */
export function codeFaults({ code }: { code: string }): InputIssue[] {
  if (/^[A-Z][A-Z0-9-]*$/.test(code)) return [];
  const message = 'A code has capital letters, digits and hyphens, and begins with a letter.';
  return [{ path: 'code', code: 'INVALID_FORMAT', message }];
}

function hoursFaults({ ceHours, ceEthicsHours }: Pick<CredentialType, 'ceHours' | 'ceEthicsHours'>) {
  if (ceEthicsHours <= ceHours) return [];
  const message = 'Hours of ethics are a part of all hours.';
  return [{ path: 'ceEthicsHours', code: 'OUT_OF_RANGE', message }];
}
