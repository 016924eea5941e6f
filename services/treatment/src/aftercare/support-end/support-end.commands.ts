import { command } from '@throughline/command';
import { invalidTransition, isProblem } from '@throughline/graphql/problems';
import { In, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import { EpisodeEntity } from '../../episode/episode/episode.entity.ts';
import type { Episode } from '../../episode/episode/episode.ts';
import { OutcomeDataEntity } from '../../episode/outcome-data/outcome-data.entity.ts';
import { changeFromBaseline, type OutcomeMoment } from '../../episode/outcome-data/outcome-data.ts';
import type { EndSupportInput } from '../../generated/graphql.ts';
import { GoalEntity, GoalProgressEntity } from '../../planning/goal/goal.entity.ts';
import { AftercarePlanEntity } from '../aftercare-plan/aftercare-plan.entity.ts';
import { ConsentCopyEntity } from '../consent-copy/consent-copy.entity.ts';
import { consentOf } from '../consent-copy/consent-copy.ts';
import { SupportEndEntity } from './support-end.entity.ts';
import * as support from './support-end.ts';

/** Locks the episode: its support ends once. */
export const endSupport = (context: Context, input: EndSupportInput) =>
  command(
    context,
    {
      ...{ name: 'endSupport', input, creates: SupportEndEntity, part: 'CLINICAL' as const },
      lock: [EpisodeEntity, input.episodeId] as const,
      taken: () => invalidTransition('ENDED', 'endSupport', []),
    },
    async (episode, { tx, viewer, now }) => {
      const record = await recordOf(tx, episode, input.referrerAgencyId ?? null);
      const ended = support.endSupport(record, input, { by: viewer.id, now });
      if (isProblem(ended)) return ended;
      const at = { now, timeZone: context.timeZone };
      return { ...ended, after: () => context.consequences.followUp(tx, episode.clientId, at) };
    },
  );

async function recordOf(
  tx: EntityManager,
  episode: Episode,
  agencyId: string | null,
): Promise<support.SupportRecord> {
  const { id: episodeId, clientId } = episode;
  const plan = await tx.findOneBy(AftercarePlanEntity, { episodeId, status: 'ACTIVE' });
  const consents = await tx.findBy(ConsentCopyEntity, { clientId });
  const referrer = { name: '', agencyId, consentId: null };
  return {
    episode,
    goals: await goalsOf(tx, clientId),
    outcomes: await outcomesOf(tx, episodeId),
    callAnytime: plan?.sections.callAnytime,
    referrerConsent: consentOf(referrer, consents),
  };
}

async function goalsOf(tx: EntityManager, clientId: string): Promise<support.SupportRecord['goals']> {
  const goals = await tx.find(GoalEntity, { where: { clientId }, order: { addedAt: 'ASC', id: 'ASC' } });
  const progress = await tx.find(GoalProgressEntity, {
    where: { goalId: In(goals.map(({ id }) => id)) },
    order: { observedOn: 'ASC', id: 'ASC' },
  });
  const latest = new Map(progress.map(({ goalId, value }) => [goalId, value]));
  return goals.map((goal) => ({ goal, latest: latest.get(goal.id) ?? null }));
}

async function outcomesOf(tx: EntityManager, episodeId: string): Promise<support.SupportRecord['outcomes']> {
  const sheets = await tx.find(OutcomeDataEntity, {
    where: { episodeId },
    order: { recordedAt: 'ASC', id: 'ASC' },
  });
  const last = (moment: OutcomeMoment) => sheets.findLast((one) => one.moment === moment);
  const [before, after] = [last('ADMISSION'), last('DISCHARGE')];
  return before && after ? changeFromBaseline(before.content, after.content) : [];
}
