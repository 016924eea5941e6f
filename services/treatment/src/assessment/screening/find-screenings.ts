import { In, type EntityManager } from 'typeorm';
import { findVersion } from '../instrument/definitions.ts';
import { isComplete } from '../instrument/score.ts';
import { followUps } from '../next-step/follow-up.ts';
import { ScreeningEntity } from './screening.entity.ts';
import type { Screening } from './screening.ts';
import type { SafetyScreen } from './signing.ts';

/** The tools that a screening can wait for. */
const safetyTools = [...new Set(followUps.flatMap(({ blocksSigningUntil }) => blocksSigningUntil ?? []))];

/** The safety checks of each client, corrected ones left out. */
export async function findSafetyScreens(
  db: EntityManager,
  clientIds: readonly string[],
): Promise<SafetyScreen[][]> {
  const rows = await db
    .createQueryBuilder(ScreeningEntity, 's')
    .where({ clientId: In([...clientIds]), instrument: In(safetyTools) })
    .andWhere('not exists (select 1 from screening c where c.supersedes = s.id)')
    .getMany();
  return clientIds.map((id) => rows.filter(({ clientId }) => clientId === id).map(safetyScreenOf));
}

function safetyScreenOf(screening: Screening): SafetyScreen {
  const { instrument, administeredOn } = screening;
  return { instrument, administeredOn, isDone: answersItsQuestion(screening) };
}

/** An urgent result answers the question although the client did not go on with the questions. */
export function answersItsQuestion({ instrument, instrumentVersion, answers, band }: Screening): boolean {
  const definition = findVersion(instrument, instrumentVersion);
  const urgent = band !== null && band === definition?.triage?.bands[0]?.code;
  return urgent || (definition !== null && isComplete(definition, answers));
}

/** The latest screening of each of the tools, corrected ones left out. */
export async function findLatest(
  db: EntityManager,
  clientId: string,
  instruments: readonly string[],
): Promise<Screening[]> {
  return db
    .createQueryBuilder(ScreeningEntity, 's')
    .distinctOn(['s.instrument'])
    .where({ clientId, instrument: In([...instruments]) })
    .andWhere('not exists (select 1 from screening c where c.supersedes = s.id)')
    .orderBy('s.instrument')
    .addOrderBy('s.administeredOn', 'DESC')
    .addOrderBy('s.id', 'DESC')
    .getMany();
}
