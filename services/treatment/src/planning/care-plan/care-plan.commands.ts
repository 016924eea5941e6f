import { command } from '@throughline/command';
import { isProblem, notFound } from '@throughline/graphql/problems';
import { In, IsNull } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  ActivateCarePlanInput,
  CompleteCarePlanInput,
  OpenCarePlanInput,
  RecordPlanAgreementInput,
  ReviewCarePlanInput,
  SupersedeCarePlanInput,
} from '../../generated/graphql.ts';
import { GoalEntity } from '../goal/goal.entity.ts';
import { awaitReview } from '../review/review-timer.ts';
import * as agreements from './agreement.ts';
import { CarePlanEntity, PlanReviewEntity, PlanVersionEntity } from './care-plan.entity.ts';
import * as plans from './care-plan.ts';
import { lockPlanState } from './plan-state.ts';

const part = 'CLINICAL';

/** A partial unique index decides between two at the same moment. */
export const openCarePlan = (context: Context, input: OpenCarePlanInput) =>
  command(
    context,
    {
      ...{ name: 'openCarePlan', input, client: input.clientId, creates: CarePlanEntity, part },
      taken: async (tx) =>
        plans.stillOpen(
          await tx.findOneByOrFail(CarePlanEntity, {
            clientId: input.clientId,
            status: In(['DRAFT', 'ACTIVE']),
          }),
        ),
    },
    ({ clientId, caseId }, { now }) =>
      caseId ? plans.openCarePlan(clientId, caseId, now) : notFound('Client'),
  );

/** Locks the plan, then its goals: what the client agrees to does not change meanwhile. */
const agree =
  (name: string, decide: typeof agreements.recordAgreement) =>
  (context: Context, input: ActivateCarePlanInput | RecordPlanAgreementInput) =>
    command(
      context,
      {
        ...{ name, input, lock: [CarePlanEntity, input.id], part },
        check: (now) => agreements.agreementFaults(input, { now, timeZone: context.timeZone }),
      },
      async (plan, { tx, now, viewer }) => {
        const at = { now, timeZone: context.timeZone };
        const by = { id: viewer.id, at };
        const agreed = decide(plan, input, { state: await lockPlanState(tx, plan.id), by });
        if (isProblem(agreed)) return agreed;
        const { planVersion } = agreed;
        if (!planVersion) return { answer: plan };
        return {
          update: agreed.plan,
          facts: agreements.agreementFacts(plan, now),
          also: async () => {
            await tx.insert(PlanVersionEntity, planVersion);
            await awaitReview(tx, agreed.plan, at);
          },
        };
      },
    );

export const activateCarePlan = agree('activateCarePlan', agreements.activateCarePlan);
export const recordPlanAgreement = agree('recordPlanAgreement', agreements.recordAgreement);

export const reviewCarePlan = (context: Context, input: ReviewCarePlanInput) =>
  command(
    context,
    { name: 'reviewCarePlan', input, lock: [CarePlanEntity, input.id], part },
    (plan, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const reviewed = plans.reviewCarePlan(plan, input.summary, { id: viewer.id, at });
      if (isProblem(reviewed)) return reviewed;
      return {
        ...{ update: reviewed.plan, facts: reviewed.facts },
        also: async () => {
          await tx.insert(PlanReviewEntity, reviewed.review);
          await awaitReview(tx, reviewed.plan, at);
        },
      };
    },
  );

export const completeCarePlan = (context: Context, input: CompleteCarePlanInput) =>
  command(
    context,
    { name: 'completeCarePlan', input, lock: [CarePlanEntity, input.id], part },
    async (plan, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const { hasOpenGoal } = await lockPlanState(tx, plan.id);
      const completed = plans.completeCarePlan(plan, input.note ?? null, { hasOpenGoal, at });
      if (isProblem(completed)) return completed;
      return { ...completed, also: () => awaitReview(tx, { ...plan, reviewOn: null }, at) };
    },
  );

/** The old plan is closed before the draft is written: a client has one that is open. */
export const supersedeCarePlan = (context: Context, input: SupersedeCarePlanInput) =>
  command(
    context,
    { name: 'supersedeCarePlan', input, lock: [CarePlanEntity, input.id], part },
    (plan, { tx, now }) => {
      const superseded = plans.supersedeCarePlan(plan, input.reason, now);
      if (isProblem(superseded)) return superseded;
      const { next, facts } = superseded;
      return {
        ...{ update: superseded.plan, answer: next, facts },
        also: async () => {
          await tx.insert(CarePlanEntity, next);
          await tx.update(GoalEntity, { carePlanId: plan.id, closedAt: IsNull() }, { carePlanId: next.id });
          await awaitReview(tx, superseded.plan, { now, timeZone: context.timeZone });
        },
      };
    },
  );
