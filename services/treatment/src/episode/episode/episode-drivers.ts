import { daysAfter, type Driver, type DriverSource } from '../../assessment/risk/drivers.ts';
import { EpisodeEntity } from './episode.entity.ts';
import { stageOf, type Episode } from './episode.ts';

const DISCHARGE_DAYS = 30;
const AFTERCARE_DAYS = 90;

/** The latest episode says whether the client is in treatment, left it lately, or is in stable aftercare. */
export const episodeDrivers: DriverSource = async (tx, clientId, { now }) => {
  const [latest] = await tx.find(EpisodeEntity, {
    where: { clientId },
    order: { startedAt: 'DESC', id: 'DESC' },
    take: 1,
  });
  return latest ? driversOf(latest, now) : [];
};

/** Source: infra/reference/domain.md 4.6. */
export function driversOf(episode: Episode, now: Date): Driver[] {
  const { id: sourceId, kind, phase, admittedAt, endedAt, startedAt } = episode;
  const driver = (code: string, until: Date | null): Driver[] =>
    until !== null && until <= now ? [] : [{ code, sourceType: 'Episode', sourceId, until }];
  if (endedAt && !admittedAt) return [];
  if (endedAt) return driver('DISCHARGED_30_DAYS', daysAfter(endedAt, DISCHARGE_DAYS));
  if (stageOf(phase) === 'IN_TREATMENT') return kind === 'MH' ? [] : driver('IN_TREATMENT_SUD', null);
  const isStable = phase === 'MONITORING' && daysAfter(startedAt, AFTERCARE_DAYS) <= now;
  return isStable ? driver('AFTERCARE_90_DAYS', null) : [];
}
