import { command } from '@throughline/command';
import type { EntityManager } from 'typeorm';
import { invalidTransition } from '@throughline/graphql/problems';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import { EpisodeEntity } from '../../episode/episode/episode.entity.ts';
import type {
  ActivateAftercarePlanInput,
  OpenAftercarePlanInput,
  ReviewAftercarePlanInput,
  WriteAftercarePlanInput,
} from '../../generated/graphql.ts';
import { ConsentCopyEntity } from '../consent-copy/consent-copy.entity.ts';
import { AftercarePlanEntity } from './aftercare-plan.entity.ts';
import * as plans from './aftercare-plan.ts';

const part = 'CLINICAL';

/** Locks the episode, so that it has one draft. */
export const openAftercarePlan = (context: Context, input: OpenAftercarePlanInput) =>
  command(
    context,
    {
      ...{ name: 'openAftercarePlan', input, creates: AftercarePlanEntity, part },
      lock: [EpisodeEntity, input.episodeId] as const,
      taken: () => invalidTransition('DRAFT', 'openAftercarePlan', ['WRITE_AFTERCARE_PLAN']),
    },
    (episode, { now }) => plans.openPlan(episode, input.leavesOn, now),
  );

export const writeAftercarePlan = (context: Context, input: WriteAftercarePlanInput) =>
  command(
    context,
    { name: 'writeAftercarePlan', input, lock: [AftercarePlanEntity, input.id], part },
    (plan) => {
      const { sections, leavesOn } = input;
      const receivers = input.receivers?.map(({ name, agencyId = null, consentId = null }) => {
        return { name, agencyId, consentId };
      });
      return plans.writeSections(plan, { sections, leavesOn, receivers });
    },
  );

export const reviewAftercarePlan = (context: Context, input: ReviewAftercarePlanInput) =>
  command(
    context,
    { name: 'reviewAftercarePlan', input, lock: [AftercarePlanEntity, input.id], part },
    async (plan, { tx, now }) => {
      const consents = await tx.findBy(ConsentCopyEntity, { clientId: plan.clientId });
      return plans.reviewPlan(plan, input, { now, timeZone: context.timeZone, consents });
    },
  );

/** The plan that was in force before is kept as superseded. */
export const activateAftercarePlan = (context: Context, input: ActivateAftercarePlanInput) =>
  command(
    context,
    { name: 'activateAftercarePlan', input, lock: [AftercarePlanEntity, input.id], part },
    async (plan, { tx, viewer, now }) => {
      const activated = plans.activatePlan(plan, { by: viewer.id, now });
      if (isProblem(activated)) return activated;
      await supersede(tx, plan.episodeId);
      const at = { now, timeZone: context.timeZone };
      return { ...activated, after: () => context.consequences.followUp(tx, plan.clientId, at) };
    },
  );

async function supersede(tx: EntityManager, episodeId: string): Promise<void> {
  const active = await tx.findOneBy(AftercarePlanEntity, { episodeId, status: 'ACTIVE' });
  if (!active) return;
  const { id, version } = active;
  await tx.update(AftercarePlanEntity, { id }, { status: 'SUPERSEDED', version: version + 1 });
}
