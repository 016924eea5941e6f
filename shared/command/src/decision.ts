import type { Fact } from '@throughline/events';
import type { Problem } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';

/** What a rule decided: rows to write, facts for other services, or a Problem and nothing at all. */
export type Decision<
  New extends object,
  Row extends object = New,
  Refused extends Problem = Problem,
  Answer extends object = never,
> = Change<New, Row, New | Row | Answer> | Refused;

export interface Change<New extends object, Row extends object = New, Answer extends object = New | Row> {
  /** The new row. */
  insert?: New;
  /** The locked row as it is from now on. `command` raises its version; when it equals the locked row, nothing is written. */
  update?: Row;
  facts?: readonly Fact[];
  /** Writes what belongs to the change in other tables, after the row. */
  also?: (tx: EntityManager) => Promise<unknown>;
  /** Consequences in the same transaction: runs after the row is written; the facts it answers come last. */
  after?: (tx: EntityManager) => Promise<readonly Fact[]>;
  /** What the caller gets, when it is neither the new nor the changed row. */
  answer?: Answer;
}
