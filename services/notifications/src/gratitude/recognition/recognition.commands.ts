import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { PlanRecognitionInput } from '../../generated/graphql.ts';
import { CampaignEntity } from './campaign.entity.ts';
import { campaignFaults, planCampaign } from './campaign.ts';

export const planRecognition = (context: Context, input: PlanRecognitionInput) =>
  command(
    context,
    { name: 'planRecognition', input, creates: CampaignEntity, check: () => campaignFaults(input) },
    (_none, { now, viewer }) => planCampaign(input, { id: viewer.id, now }),
  );
