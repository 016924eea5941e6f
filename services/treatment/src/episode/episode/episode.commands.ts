import type { Care } from '@throughline/care';
import { episodeEnded, episodePhaseChanged, episodeStarted, uuidV7 } from '@throughline/events';
import {
  invalidInput,
  invalidTransition,
  isProblem,
  type InputIssue,
  type Problem,
} from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { momentOf, today, type Moment } from '@throughline/privacy';
import { IsNull, type EntityManager } from 'typeorm';
import { changeOne } from '../../change-one.ts';
import { careForWriting } from '../../assessment/access/care-for-writing.ts';
import type { Context } from '../../context.ts';
import type { ChangeEpisodePhaseInput, EndEpisodeInput, StartEpisodeInput } from '../../generated/graphql.ts';
import { EpisodeEntity } from './episode.entity.ts';
import { end, enter, firstPhases, phasesAfter, type Episode } from './episode.ts';

export interface EpisodeStillOpen extends Problem {
  kind: 'EpisodeStillOpen';
  episode: Episode;
}

export async function startEpisode(context: Context, input: StartEpisodeInput): Promise<Episode | Problem> {
  const { db, viewer, now } = context;
  const care = await careForWriting(context, input.clientId);
  if (isProblem(care)) return care;

  const issues = issuesOf(input, momentOf(context));
  if (issues.length > 0) return invalidInput(issues);
  const attempt = { viewerId: viewer.id, command: 'startEpisode', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once(
      tx,
      attempt,
      () => write(tx, context, makeEpisode(input, care, now())),
      (id) => tx.findOneByOrFail(EpisodeEntity, { id }),
    ),
  );
}

function issuesOf({ phase, dateOfFirstContact }: StartEpisodeInput, at: Moment): InputIssue[] {
  const issues: InputIssue[] = [];
  if (!firstPhases.includes(phase)) {
    const message = `An episode begins in ${firstPhases.join(', ')}.`;
    issues.push({ path: 'phase', code: 'NOT_A_BEGINNING', message });
  }
  if ((dateOfFirstContact ?? '') > today(at))
    issues.push({ path: 'dateOfFirstContact', code: 'IN_FUTURE', message: 'This day has not come yet.' });
  return issues;
}

function makeEpisode(
  input: StartEpisodeInput,
  { clientId, caseId }: Care & { caseId: string },
  now: Date,
): Episode {
  return {
    id: uuidV7(now),
    clientId,
    caseId,
    kind: input.kind,
    phase: input.phase,
    referralSource: input.referralSource ?? null,
    dateOfFirstContact: input.dateOfFirstContact ?? null,
    dateFirstAppointmentOffered: input.dateFirstAppointmentOffered ?? null,
    admittedAt: input.phase === 'ADMITTED' ? now : null,
    startedAt: now,
    endedAt: null,
    dischargeType: null,
    endReason: null,
    version: 1,
  };
}

async function write(tx: EntityManager, { cause }: Context, episode: Episode): Promise<Episode | Problem> {
  // The partial unique index decides between two at the same moment: the second waits here, then inserts nothing.
  const inserted = await tx
    .createQueryBuilder()
    .insert()
    .into(EpisodeEntity)
    .values(episode)
    .orIgnore()
    .returning('id')
    .execute();
  const { id: episodeId, clientId, phase, kind } = episode;
  if ((inserted.raw as unknown[]).length === 0) {
    return stillOpen(await tx.findOneByOrFail(EpisodeEntity, { clientId, endedAt: IsNull() }));
  }
  await record(
    tx,
    cause,
    episodeStarted.of(clientId, episode.startedAt, { episodeId, clientId, phase, kind }),
  );
  return episode;
}

function stillOpen(episode: Episode): EpisodeStillOpen {
  const message = 'The client has an episode that has not ended: continue it, or end it first.';
  return { kind: 'EpisodeStillOpen', message, episode };
}

const target = { entity: EpisodeEntity, what: 'Episode' };

export function changeEpisodePhase(
  context: Context,
  input: ChangeEpisodePhaseInput,
): Promise<Episode | Problem> {
  return changeOne(context, { ...target, command: 'changeEpisodePhase', input }, (episode) => {
    const at = context.now();
    const { id: episodeId, clientId, phase: from } = episode;
    const row = enter(episode, input.phase, at);
    if (!row) return invalidTransition(from, `Changing to ${input.phase}`, phasesAfter(from));

    return {
      row,
      facts: [episodePhaseChanged.of(clientId, at, { episodeId, clientId, from, to: row.phase })],
    };
  });
}

export function endEpisode(context: Context, input: EndEpisodeInput): Promise<Episode | Problem> {
  return changeOne(context, { ...target, command: 'endEpisode', input }, (episode) => {
    const at = context.now();
    const { id: episodeId, clientId, phase } = episode;
    const row = end(episode, input, at);
    if (!row) return invalidTransition(phase, 'endEpisode', []);

    return { row, facts: [episodeEnded.of(clientId, at, { episodeId, clientId, reason: input.endReason })] };
  });
}
