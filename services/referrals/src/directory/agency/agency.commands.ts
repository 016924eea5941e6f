import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { DescribeAgencyInput } from '../../generated/graphql.ts';
import { describe, descriptionFaults, type Description } from './agency.ts';
import { scheduleAgreementCheck } from './agreement-check.ts';
import { AgencyEntity } from './agency.entity.ts';

/** Records what the program knows of an agency; that decides what may be disclosed there. */
export const describeAgency = (context: Context, input: DescribeAgencyInput) =>
  command(
    context,
    {
      name: 'describeAgency',
      input,
      lock: [AgencyEntity, input.id],
      check: () => descriptionFaults(descriptionOf(input)),
    },
    (agency, { now }) => {
      const described = describe(agency, descriptionOf(input), now);
      return { ...described, also: (tx) => scheduleAgreementCheck(tx, described.update, now) };
    },
  );

/** The fields that the caller gave, without the target. */
function descriptionOf({ agreements, ...input }: DescribeAgencyInput): Description {
  const { agencyType, hipaaStatus, isPart2Program, isVictimServiceProvider } = input;
  const { needsIdentityToDecide, timeZone, status } = input;
  return {
    ...{
      agencyType,
      hipaaStatus,
      isPart2Program,
      isVictimServiceProvider,
      needsIdentityToDecide,
      timeZone,
      status,
    },
    agreements: agreements?.map(({ type, from, to }) => ({ type, from, to: to ?? null })),
  };
}
