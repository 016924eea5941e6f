import type { EntityManager } from 'typeorm';

const REBUILDING = 'throughlineRebuilding';

/** A reaction of a projection did more than fill its tables. All of it is rolled back. */
export class EffectDuringRebuild extends Error {
  override name = 'EffectDuringRebuild';
}

/** From here on this transaction can neither record facts nor schedule anything. */
export function forbidEffects(tx: EntityManager): void {
  if (tx.queryRunner) tx.queryRunner.data[REBUILDING] = true;
}

/** Called by every effect that would happen a second time if old facts were handled again. */
export function refuseDuringRebuild(tx: EntityManager, what: string): void {
  if (tx.queryRunner?.data[REBUILDING] === true)
    throw new EffectDuringRebuild(`a projection's reaction ${what}: make it a reaction of its own`);
}

/** Also finds effects without `record` and `schedule`: plain SQL, triggers, tables of others. */
export async function mustHaveWrittenOnlyIn(tx: EntityManager, schema: string): Promise<void> {
  const touched: { relation: string }[] = await tx.query(
    `select schemaname || '.' || relname as relation from pg_stat_xact_user_tables
     where schemaname <> $1 and n_tup_ins + n_tup_upd + n_tup_del > 0`,
    [schema],
  );
  const relations = touched.map(({ relation }) => relation).join(', ');
  if (relations) throw new EffectDuringRebuild(`a projection's reaction writes to ${relations}`);
}
