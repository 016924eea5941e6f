import { attributionAt, type History } from '../history/history.ts';
import { cadenceCases } from './cadence-cases.ts';
import { cms137Cases } from './cms137-cases.ts';
import { firstAppointmentCases, firstContactCases } from './contact-cases.ts';
import { followUpCases } from './follow-up-cases.ts';
import type { Counted, MeasureCase } from './measure-case.ts';
import { depressionCases } from './depression-cases.ts';
import { disclosureCases, referralCases } from './referral-cases.ts';
import { crisisCases, goalCases, outcomeCases, scoreCases, socialCases } from './result-cases.ts';
import { contactAfterCases, readmissionCases } from './stay-cases.ts';

const families: readonly ((history: History) => Counted[])[] = [
  followUpCases,
  cms137Cases,
  readmissionCases,
  contactAfterCases,
  referralCases,
  disclosureCases,
  firstContactCases,
  firstAppointmentCases,
  cadenceCases,
  scoreCases,
  socialCases,
  depressionCases,
  outcomeCases,
  crisisCases,
  goalCases,
];

/**
 * Every row of every measure that follows from what is known of a client. The order in which it became known changes
 * nothing, and nothing depends on the time of asking. Source: infra/reference/domain.md 5.1, 5.2.
 */
export function casesOfClient(history: History): MeasureCase[] {
  return families
    .flatMap((family) => family(history))
    .map(({ at, ...row }) => ({
      ...{ ...row, ownerId: history.clientId, clientId: history.clientId },
      ...attributionAt(history, at),
    }));
}
