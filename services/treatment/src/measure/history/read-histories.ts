import { In, type EntityManager, type EntitySchema } from 'typeorm';
import { ObligationEntity } from '../../aftercare/obligation/obligation.entity.ts';
import { DiagnosisEntity } from '../../assessment/diagnosis/diagnosis.entity.ts';
import { ScreeningEntity } from '../../assessment/screening/screening.entity.ts';
import { CrisisAlertEntity } from '../../crisis/crisis-alert/crisis-alert.entity.ts';
import { EpisodeEntity } from '../../episode/episode/episode.entity.ts';
import type { Episode } from '../../episode/episode/episode.ts';
import type { OutcomeData } from '../../episode/outcome-data/outcome-data.ts';
import { OutcomeDataEntity } from '../../episode/outcome-data/outcome-data.entity.ts';
import { StayEntity } from '../../episode/stay/stay.entity.ts';
import { VisitEntity } from '../../episode/visit/visit.entity.ts';
import { GoalEntity } from '../../planning/goal/goal.entity.ts';
import type { History, Result } from './history.ts';
import { ToldEntity } from './told.entity.ts';
import type { Told } from './told.ts';

/** Everything that measures know of these clients, one statement for each kind of record. */
export async function readHistories(
  tx: EntityManager,
  clientIds: readonly string[],
  timeZone: string,
): Promise<History[]> {
  const of = <Row extends { clientId: string }>(entity: EntitySchema<Row>) =>
    recordsOf(tx, entity, clientIds);
  const told = await readTold(tx, clientIds);
  const obligations = await of(ObligationEntity);
  const stays = await of(StayEntity);
  const visits = await of(VisitEntity);
  const episodes = await of(EpisodeEntity);
  const sheets = await readSheets(
    tx,
    clientIds.flatMap((id) => episodes(id)),
  );
  const crises = await of(CrisisAlertEntity);
  const goals = await of(GoalEntity);
  const diagnoses = await of(DiagnosisEntity);
  const results = await readResults(tx, clientIds);
  return clientIds.map((clientId) => ({
    ...{ clientId, timeZone, told: told.get(clientId) ?? [], obligations: obligations(clientId) },
    ...{ stays: stays(clientId), visits: visits(clientId), episodes: episodes(clientId) },
    ...{ sheets: sheets.get(clientId) ?? [], crises: crises(clientId), goals: goals(clientId) },
    ...{ results: results.get(clientId) ?? [], diagnoses: diagnoses(clientId) },
  }));
}

export async function readTold(tx: EntityManager, ownerIds: readonly string[]): Promise<Map<string, Told[]>> {
  const rows = await tx.find(ToldEntity, { where: { ownerId: In([...ownerIds]) }, comment: 'measures' });
  return Map.groupBy(rows, ({ ownerId }) => ownerId);
}

async function recordsOf<Row extends { clientId: string }>(
  tx: EntityManager,
  entity: EntitySchema<Row>,
  clientIds: readonly string[],
): Promise<(clientId: string) => Row[]> {
  const rows = await tx
    .createQueryBuilder(entity, 'record')
    .comment('measures')
    .where('record.clientId = any(:ids)', { ids: [...clientIds] })
    .getMany();
  const byClient = Map.groupBy(rows, ({ clientId }) => clientId);
  return (clientId) => byClient.get(clientId) ?? [];
}

/** By their episodes, for which there is an index. */
async function readSheets(
  tx: EntityManager,
  episodes: readonly Episode[],
): Promise<Map<string, OutcomeData[]>> {
  const rows = await tx
    .createQueryBuilder(OutcomeDataEntity, 'sheet')
    .comment('measures')
    .where('sheet.episodeId = any(:ids)', { ids: episodes.map(({ id }) => id) })
    .getMany();
  return Map.groupBy(rows, ({ clientId }) => clientId);
}

/** Without the answers: a measure needs the result alone. */
async function readResults(
  tx: EntityManager,
  clientIds: readonly string[],
): Promise<Map<string, (Result & { clientId: string })[]>> {
  const rows = await tx.find(ScreeningEntity, {
    select: {
      ...{ id: true, clientId: true, instrument: true, total: true, positive: true },
      ...{ administeredOn: true, signedAt: true, supersedes: true },
    },
    where: { clientId: In([...clientIds]) },
    comment: 'measures',
  });
  return Map.groupBy(rows, ({ clientId }) => clientId);
}
