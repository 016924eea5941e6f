import { command } from '@throughline/command';
import { notFound } from '@throughline/graphql/problems';
import { In } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ActivateCarePlanInput, OpenCarePlanInput } from '../../generated/graphql.ts';
import { CarePlanEntity } from './care-plan.entity.ts';
import {
  activateCarePlan as activate,
  agreementFaults,
  openCarePlan as open,
  stillOpen,
} from './care-plan.ts';

/** A partial unique index decides between two at the same moment. */
export const openCarePlan = (context: Context, input: OpenCarePlanInput) =>
  command(
    context,
    {
      ...{ name: 'openCarePlan', input, client: input.clientId, creates: CarePlanEntity, part: 'CLINICAL' },
      taken: async (tx) =>
        stillOpen(
          await tx.findOneByOrFail(CarePlanEntity, {
            clientId: input.clientId,
            status: In(['DRAFT', 'ACTIVE']),
          }),
        ),
    },
    ({ clientId, caseId }, { now }) => (caseId ? open(clientId, caseId, now) : notFound('Client')),
  );

export const activateCarePlan = (context: Context, input: ActivateCarePlanInput) =>
  command(
    context,
    {
      ...{ name: 'activateCarePlan', input, lock: [CarePlanEntity, input.id], part: 'CLINICAL' },
      check: () => agreementFaults(input),
    },
    (plan, { now }) => activate(plan, input, { now, timeZone: context.timeZone }),
  );
