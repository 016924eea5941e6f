import type { Change } from '@throughline/command/decision';
import { uuidV7, visitRecorded } from '@throughline/events';
import { invalidInput, type InvalidInput } from '@throughline/graphql/problems';
import { isBed, type CareReason } from '../stay/stay.ts';

/** One visit to a service without a bed; written once. */
export interface Visit {
  id: string;
  clientId: string;
  setting: string;
  reasons: CareReason[];
  at: Date;
  /** Medication for the use of alcohol or opioids was given or prescribed. */
  medication: boolean;
  recordedAt: Date;
  recordedBy: string;
}

export interface VisitDraft {
  setting: string;
  reasons: readonly CareReason[];
  at: Date;
  medication?: boolean | null | undefined;
}

/** Records a visit that the client came to. Source: infra/reference/domain.md 5.1, 5.3. */
export function recordVisit(
  clientId: string,
  { setting, reasons, at, medication }: VisitDraft,
  { by, now }: { by: string; now: Date },
): Change<Visit, never> | InvalidInput {
  if (at > now)
    return invalidInput([
      { path: 'at', code: 'IN_FUTURE', message: 'A visit is recorded when it has happened.' },
    ]);
  if (isBed({ setting }))
    return invalidInput([
      { path: 'setting', code: 'NOT_ALLOWED', message: 'A setting with a bed is a stay.' },
    ]);
  const insert: Visit = {
    ...{ id: uuidV7(now), clientId, setting, reasons: [...new Set(reasons)].sort(), at },
    ...{ medication: medication ?? false, recordedAt: now, recordedBy: by },
  };
  return { insert, facts: [visitRecorded.of(clientId, now, { visitId: insert.id, clientId })] };
}
