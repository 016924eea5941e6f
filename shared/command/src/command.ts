import type { Cause } from '@throughline/events';
import {
  invalidInput,
  isProblem,
  isUuid,
  notFound,
  staleVersion,
  type InputIssue,
  type Problem,
  type Viewer,
} from '@throughline/graphql';
import { record } from '@throughline/messaging';
import type { DataSource, EntityManager, EntitySchema } from 'typeorm';
import type { Change, Decision } from './decision.ts';
import { once, type Outcome } from './receipt.ts';
import { insertUnlessTaken, lockRow, writeChange, type Identified } from './write-change.ts';

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

interface Options<Care, Seen, New extends Identified> {
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

type Rule<Seen, New extends object, Row extends object, Refused extends Problem> = (
  seen: Seen,
  tools: Tools,
) => Decision<New, Row, Refused> | Promise<Decision<New, Row, Refused>>;

/** What is locked: a table and an id, and how the row is found where that takes more than its id. */
type Lock<Row> = readonly [
  entity: EntitySchema<Row>,
  id: string,
  find?: (tx: EntityManager, id: string) => Promise<Row | null>,
];

interface Whole extends Options<unknown, unknown, Identified> {
  lock?: Lock<Identified>;
  /** The locked row may be missing: the rule gets null, and creates it. */
  orNew?: boolean;
  client?: string;
}

/**
 * The one way to write: finds and locks the row, asks permission, compares the expected version, lets the rule decide,
 * writes row, facts and receipt, all in one transaction. A row that the viewer may not change and a row that does not
 * exist are both NotFound, also for a repeated key.
 */
export function command<Care, Row extends Identified, New extends Identified, Refused extends Problem>(
  context: CommandContext<Care>,
  options: Options<Care, Row, New> & { lock: Lock<Row>; creates: EntitySchema<New>; orNew?: false },
  rule: Rule<Row, New, Row, Refused>,
): Promise<New | Problem>;
export function command<Care, Row extends Identified, Refused extends Problem>(
  context: CommandContext<Care>,
  options: Options<Care, Row, Row> & { lock: Lock<Row>; creates: EntitySchema<Row>; orNew: true },
  rule: Rule<Row | null, Row, Row, Refused>,
): Promise<Row | Problem>;
export function command<Care, Row extends Identified, Refused extends Problem>(
  context: CommandContext<Care>,
  options: Options<Care, Row, never> & { lock: Lock<Row> },
  rule: Rule<Row, never, Row, Refused>,
): Promise<Row | Problem>;
export function command<Care, New extends Identified, Refused extends Problem>(
  context: CommandContext<Care>,
  options: Options<Care, Care, New> & { client: string; creates: EntitySchema<New> },
  rule: Rule<Care, New, never, Refused>,
): Promise<New | Problem>;
export function command<Care, New extends Identified, Refused extends Problem>(
  context: CommandContext<Care>,
  options: Options<Care, New, New>,
  rule: Rule<null, New, never, Refused>,
): Promise<New | Problem>;
export async function command(
  context: CommandContext<unknown>,
  options: Whole,
  rule: Rule<never, Identified, Identified, Problem>,
): Promise<object> {
  const { lock, client, check, orNew } = options;
  const target = lock?.[1] ?? client;
  if (target !== undefined && !isUuid(target) && !orNew) return notFound(nameOf(options));
  const now = context.now();
  const faults = [...(context.inputFaults ?? []), ...(check?.(now) ?? [])];
  if (faults.length > 0) return invalidInput(faults);

  if (client !== undefined) await context.care?.awaitFor?.(context.viewer, client);
  return context.db.transaction((tx) =>
    run({ context, options, rule, tools: { tx, now, viewer: context.viewer } }),
  );
}

interface Running {
  context: CommandContext<unknown>;
  options: Whole;
  rule: Rule<never, Identified, Identified, Problem>;
  tools: Tools;
}

async function run(running: Running): Promise<object> {
  const { context, options, tools } = running;
  const { name, input, lock, client, orNew } = options;
  const seen = lock ? await find(lock, tools.tx) : await careOf(context, client, tools.tx);
  const isTarget = lock !== undefined || client !== undefined;
  if (isTarget && !seen && !orNew) return notFound(nameOf(options));
  if (seen && !(await isPermitted(running, seen))) return notFound(nameOf(options));

  const attempt = { viewerId: tools.viewer.id, command: name, key: input.idempotencyKey, input };
  return once<object, object>(
    tools.tx,
    attempt,
    () => decide(running, seen as never),
    (id) => reload(running, id),
  );
}

/** The answer of a repeated key. What was created for a client who is out of reach by now is out of reach, too. */
async function reload(running: Running, id: string): Promise<object> {
  const { options, tools } = running;
  if (options.again) return options.again(tools.tx, id);
  const entity = options.creates ?? options.lock?.[0];
  if (!entity) throw new Error(`${options.name} does not say how a repetition is answered`);
  const row = await tools.tx.findOneByOrFail(entity, { id });
  const isTarget = options.lock !== undefined || options.client !== undefined;
  return isTarget || (await isPermitted(running, row)) ? row : notFound(nameOf(options));
}

async function decide(
  { context, options, rule, tools }: Running,
  seen: never,
): Promise<Outcome<object> | Problem> {
  const { input, lock, creates, taken } = options;
  const row = lock ? (seen as Identified | null) : null;
  if (row && 'version' in row && isStale(input, row.version)) return staleVersion(Number(row.version));

  const change = await rule(seen, tools);
  if (isProblem(change)) return change;
  const { insert, answer, ...update } = change as Change<Identified, Identified>;
  if (!insert) {
    const changed =
      lock && row
        ? await writeChange(tools.tx, context.cause, [lock[0], row], update)
        : await writeRest(tools.tx, context.cause, update);
    return { id: row?.id ?? '', answer: answer ?? changed };
  }
  // The locked row first: the new one may take a place that it leaves.
  if (lock && row && update.update)
    await writeChange(tools.tx, context.cause, [lock[0], row], { update: update.update });
  if (!creates) throw new Error(`${options.name} does not say what it creates`);
  if (!taken) await tools.tx.insert(creates, insert);
  else if (!(await insertUnlessTaken(tools.tx, creates, insert))) return taken(tools.tx);
  await writeRest(tools.tx, context.cause, update);
  return { id: insert.id, answer: answer ?? insert };
}

async function writeRest(
  tx: EntityManager,
  cause: Cause,
  { also, facts = [] }: Change<Identified, Identified>,
): Promise<object> {
  await also?.(tx);
  await record(tx, cause, ...facts);
  return {};
}

function isStale({ expectedVersion }: CommandInput, version: unknown): boolean {
  return typeof expectedVersion === 'number' && version !== expectedVersion;
}

function find([entity, id, find = (tx) => lockRow(tx, entity, id)]: Lock<Identified>, tx: EntityManager) {
  return isUuid(id) ? find(tx, id) : null;
}

async function careOf({ care }: CommandContext<unknown>, client: string | undefined, tx: EntityManager) {
  if (client === undefined) return null;
  return (await care?.careIn(tx, [client.toLowerCase()]))?.get(client.toLowerCase()) ?? null;
}

/** A row of no client is guarded by the roles of the mutation alone, unless `may` says more. */
async function isPermitted({ context, options, tools }: Running, seen: object): Promise<boolean> {
  const clientId = clientIdOf(options, seen);
  const care = clientId === null ? null : await careOf(context, clientId, tools.tx);
  if (options.may) return options.may(care, seen, tools.tx);
  if (clientId === null) return true;
  if (!context.care) throw new Error(`${options.name} needs to know who works with the client`);
  return context.care.mayChange(tools.viewer, care, options.part);
}

function clientIdOf({ client, clientOf }: Whole, seen: object): string | null {
  if (client !== undefined) return client;
  if (clientOf) return clientOf(seen);
  return 'clientId' in seen && typeof seen.clientId === 'string' ? seen.clientId : null;
}

/** Name of the type that the caller asked for. */
function nameOf({ lock, creates, client }: Whole): string {
  if (lock) return lock[0].options.name;
  return client === undefined ? (creates?.options.name ?? 'object') : 'Client';
}
