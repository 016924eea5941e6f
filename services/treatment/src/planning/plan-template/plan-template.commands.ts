import { command } from '@throughline/command';
import { invalidInput, isProblem, notFound } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  ApplyPlanTemplateInput,
  ChangePlanTemplateInput,
  CreatePlanTemplateInput,
  RetirePlanTemplateInput,
} from '../../generated/graphql.ts';
import { CarePlanEntity } from '../care-plan/care-plan.entity.ts';
import { GoalEntity } from '../goal/goal.entity.ts';
import { InterventionEntity } from '../intervention/intervention.entity.ts';
import { PlanTemplateEntity, TemplateUseEntity } from './plan-template.entity.ts';
import * as templates from './plan-template.ts';

/** A partial unique index decides between two of the same name. */
export const createPlanTemplate = (context: Context, input: CreatePlanTemplateInput) =>
  command(
    context,
    {
      ...{ name: 'createPlanTemplate', input, creates: PlanTemplateEntity },
      check: () => templates.templateFaults(input),
      taken: () => invalidInput([sameName]),
    },
    (_seen, { now, viewer }) => templates.createTemplate(input, { id: viewer.id, now }),
  );

const sameName = { path: 'name', code: 'DUPLICATE', message: 'The program has a template of this name.' };

export const changePlanTemplate = (context: Context, input: ChangePlanTemplateInput) =>
  command(
    context,
    {
      ...{ name: 'changePlanTemplate', input, lock: [PlanTemplateEntity, input.id] as const },
      check: () => templates.templateFaults(input),
    },
    (template, { now, viewer }) => templates.changeTemplate(template, input, { id: viewer.id, now }),
  );

export const retirePlanTemplate = (context: Context, input: RetirePlanTemplateInput) =>
  command(
    context,
    { name: 'retirePlanTemplate', input, lock: [PlanTemplateEntity, input.id] },
    (template, { now, viewer }) => templates.retireTemplate(template, { id: viewer.id, now }),
  );

/** The plan is locked: a second click finds the template in use. */
export const applyPlanTemplate = (context: Context, input: ApplyPlanTemplateInput) =>
  command(
    context,
    { name: 'applyPlanTemplate', input, lock: [CarePlanEntity, input.carePlanId], part: 'CLINICAL' },
    async (plan, { tx, now, viewer }) => {
      const template = await tx.findOneBy(PlanTemplateEntity, { id: input.templateId });
      if (!template) return notFound('PlanTemplate');
      const use = { carePlanId: plan.id, templateId: template.id };
      const isUsed = await tx.existsBy(TemplateUseEntity, use);
      const by = { id: viewer.id, at: { now, timeZone: context.timeZone } };
      const copied = templates.copyTemplate({ plan, template, isUsed }, input.goals ?? null, by);
      if (isProblem(copied)) return copied;
      return {
        facts: copied.facts,
        also: async () => {
          await tx.insert(GoalEntity, copied.goals);
          await tx.insert(InterventionEntity, copied.interventions);
          const used = { templateVersion: template.version, usedAt: now, usedBy: viewer.id };
          await tx.insert(TemplateUseEntity, { ...use, ...used });
        },
      };
    },
  );
