import type { Care, Part } from '@throughline/care';
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
  /** Who works with the client of the row, as the transaction sees it; null where the row is of no client. */
  care: Care | null;
}

/** Who works with clients, and what that lets a viewer change: a CareReader. */
export interface CareOfClients {
  careIn(tx: EntityManager, clientIds: readonly string[]): Promise<ReadonlyMap<string, Care>>;
  mayChange(viewer: Viewer, care: Care | null, part: Part): boolean;
  /** In a service that keeps a copy: waits for a client who was registered a moment ago. */
  awaitFor(viewer: Viewer, clientId: string): Promise<unknown>;
}

/** What a command needs of the context of a request. */
export interface CommandContext {
  viewer: Viewer;
  db: DataSource;
  now: () => Date;
  cause: Cause;
  care?: CareOfClients;
  /** Faults of the input that `act` found. */
  inputFaults?: readonly InputIssue[];
}

export interface CommandInput {
  expectedVersion?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
}

/** `Seen` is what the rule decides about: the locked row, or who works with the client. */
export interface Options<Seen> {
  /** Name of the mutation, for the receipt of its idempotency key. */
  name: string;
  /** With an expected version and an idempotency key, where the mutation has them. */
  input: object;
  /** What a NotFound names; left out, it is the type of the locked row. */
  what?: string;
  /** Part of the client's record that is changed; says who may. */
  part?: Part;
  /** Whose client a row is, where the row has no `clientId`; null when the care of a client does not matter. */
  clientOf?: (seen: Seen) => string | null;
  /** Who may, where the part of the record does not say it. Refused, the row does not exist for the viewer. */
  may?: (care: Care | null, seen: Seen) => boolean;
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

/** The row that is locked. */
export type Lock<Row> = readonly [entity: EntitySchema<Row>, id: string];

/** A row that is locked together with others. `find` locks them in the order that all commands keep. */
export type LockWith<Row, Seen extends { row: Row }> = readonly [
  entity: EntitySchema<Row>,
  id: string,
  find: (tx: EntityManager, id: string) => Promise<Seen | null>,
];

/** Options as `command` reads them, whichever of its forms was called. */
export interface AnyOptions extends Options<unknown> {
  lock?: Lock<Identified> | LockWith<Identified, { row: Identified }>;
  /** Table of the row that `insert` creates. */
  creates?: EntitySchema<Identified>;
  /** The locked row may be missing: the rule gets null, and creates it. */
  orNew?: boolean;
  client?: string;
}
