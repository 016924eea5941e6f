import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import { invalidInput } from '@throughline/graphql/problems';
import { codeFaults } from '../credential-type/credential-type.ts';

/** Limits of a full-time case manager in one kind of program. Source: infra/reference/domain.md 1.4. */
export interface ProgramModel {
  id: string;
  code: string;
  label: string;
  points: number;
  heads: number;
  version: number;
}

/** Adds a model with its limits. Answers InvalidInput. Source: infra/reference/domain.md 1.4. */
export function addModel(
  draft: Omit<ProgramModel, 'id' | 'version'>,
  now: Date,
): Decision<ProgramModel, never> {
  const faults = codeFaults(draft);
  return faults.length > 0 ? invalidInput(faults) : { insert: { ...draft, id: uuidV7(now), version: 1 } };
}
