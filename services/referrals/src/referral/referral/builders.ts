import { newReferral } from './new-referral.ts';
import type { Referral } from './referral.ts';

const now = new Date('2026-11-20T12:00:00Z');

/** A complete referral for tests; a test gives only the fields that it is about. */
export function aReferral(over: Partial<Referral> = {}): Referral {
  const request = {
    id: 'request',
    clientId: 'client',
    caseId: 'case',
    needId: 'need',
    needCategory: 'HOMELESSNESS',
    strategy: 'SINGLE',
    status: 'DRAFT',
    choices: [],
    recommendationId: null,
    createdBy: 'maria',
    createdAt: now,
    closedAt: null,
  } as const;
  const agency = { id: 'agency', agencyType: 'SHELTER' };
  const target = { agency, service: { id: 'service' } } as never;
  return { ...newReferral({ ...request, choices: [] }, target, { caseManagerId: 'maria', now }), ...over };
}
