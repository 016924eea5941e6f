import type { Cause } from '@throughline/events';
import type { InputIssue, Problem, Viewer } from '@throughline/graphql';
import type { DataSource, EntityManager, EntitySchema } from 'typeorm';
import type { Decision } from './decision.ts';
import type { Identified } from './write-change.ts';

/** All that a rule can reach: no loader and no pool, because either would ask for a second connection. */
export interface Tools {
  tx: EntityManager;
  /** The server clock, UTC. */
  now: Date;
  viewer: Viewer;
}

/** Who works with clients, and what that lets a viewer change. */
export interface CareOfClients<Care> {
  careIn(tx: EntityManager, clientIds: readonly string[]): Promise<ReadonlyMap<string, Care>>;
  mayChange(viewer: Viewer, care: Care | null, part: string | undefined): boolean;
  /** In a service that keeps a copy: waits for a client who was registered a moment ago. */
  awaitFor?(viewer: Viewer, clientId: string): Promise<unknown>;
}

/** What a command needs of the context of a request. */
export interface CommandContext<Care = never> {
  viewer: Viewer;
  db: DataSource;
  now: () => Date;
  cause: Cause;
  care?: CareOfClients<Care>;
  /** Faults of the input that `act` found. */
  inputFaults?: readonly InputIssue[];
}

export interface CommandInput {
  expectedVersion?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}

export interface Options<Care, Seen, New extends Identified> {
  /** Name of the mutation, for the receipt of its idempotency key. */
  name: string;
  input: CommandInput;
  /** Table of the row that `insert` creates. */
  creates?: EntitySchema<New>;
  /** Part of the client's record that is changed; says who may. */
  part?: string;
  /** Whose client a row is, where the row has no `clientId`. */
  clientOf?: (seen: Seen) => string;
  /** Who may, where the part of the record does not say it. Refused, the row does not exist for the viewer. */
  may?: (care: Care | null, seen: Seen, tx: EntityManager) => boolean | Promise<boolean>;
  /** Faults that the input has by itself, whatever the database holds; told with those of its form. */
  check?: (now: Date) => InputIssue[];
  /** The answer when the database has an equal row already. */
  taken?: (tx: EntityManager) => Problem | Promise<Problem>;
  /** The answer of a repeated key, when it is not the row. */
  again?: (tx: EntityManager, id: string) => Promise<object>;
}

export type Rule<
  Seen,
  New extends object,
  Row extends object,
  Refused extends Problem,
  Answer extends object = never,
> = (
  seen: Seen,
  tools: Tools,
) => Decision<New, Row, Refused, Answer> | Promise<Decision<New, Row, Refused, Answer>>;

/** What is locked: a table and an id, and how the row is found where that takes more than its id. */
export type Lock<Row> = readonly [
  entity: EntitySchema<Row>,
  id: string,
  find?: (tx: EntityManager, id: string) => Promise<Row | null>,
];

/** Options as `command` reads them, whichever of its forms was called. */
export interface AnyOptions extends Options<unknown, unknown, Identified> {
  lock?: Lock<Identified>;
  /** The locked row may be missing: the rule gets null, and creates it. */
  orNew?: boolean;
  client?: string;
}
