import type { Diagnosis } from '../assessment/diagnosis/diagnosis.ts';
import { at, newId } from './forty-clients.ts';

/**
 * Screenings for depression around the visits: negative on the day; positive with help after 2 days and after 3; negative
 * 15 and 14 days before.
 */
export function screened(n: number): [on: string, total: number][] {
  if (n <= 3) return [['02-06', 0]];
  const others: Record<number, [string, number]> = {
    ...{ 4: ['02-01', 4], 5: ['01-22', 0], 6: ['01-23', 0], 7: ['02-06', 0], 8: ['02-20', 0] },
    12: ['02-02', 4],
  };
  const one = others[n];
  return one ? [one] : [];
}

/** A history of bipolar disorder; one that was ruled out; one that was found after the visit. */
export function diagnosesOf({
  n,
  clientId,
  staffId,
}: {
  n: number;
  clientId: string;
  staffId: string;
}): Diagnosis[] {
  const found: Record<number, Pick<Diagnosis, 'status' | 'onsetOn'>> = {
    7: { status: 'IN_REMISSION', onsetOn: '2020-05-01' },
    8: { status: 'RULED_OUT', onsetOn: '2020-05-01' },
    9: { status: 'CONFIRMED', onsetOn: null },
  };
  const one = found[n];
  if (!one) return [];
  const fixed = {
    code: 'F31.9',
    codeYear: 2026,
    label: 'Bipolar disorder, unspecified',
    kind: 'MENTAL_HEALTH',
  } as const;
  return [
    {
      ...{ id: newId(), clientId, ...fixed, labels: ['MH'], basis: 'REPORTED', reportedFrom: 'Dr. Ames' },
      ...{ ...one, isPrincipal: false, endedOn: null, reason: n === 8 ? 'Another cause' : null, version: 1 },
      ...{ recordedAt: at('03-01T15:00:00'), recordedBy: staffId, credential: null },
    },
  ];
}
