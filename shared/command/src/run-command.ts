import type { Care } from '@throughline/care';
import type { Cause } from '@throughline/events';
import { isProblem, isUuid, notFound, staleVersion, type Problem } from '@throughline/graphql';
import { record } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Change } from './decision.ts';
import type { AnyOptions, CommandContext, CommandInput, Rule, Tools } from './options.ts';
import { once, type Outcome } from './receipt.ts';
import { insertUnlessTaken, lockRow, writeChange, type Identified } from './write-change.ts';

export interface Running {
  context: CommandContext;
  options: AnyOptions;
  rule: Rule<never, Identified, Identified, Problem>;
  tools: Tools;
}

/** What a command does inside its transaction. */
export async function runCommand(running: Running): Promise<object> {
  const { options, tools } = running;
  const { name, lock, client, orNew } = options;
  const input: CommandInput = options.input;
  const seen = lock ? await find(options, tools.tx) : await careOf(running, client ?? null);
  const isTarget = lock !== undefined || client !== undefined;
  if (isTarget && !seen && !orNew) return notFound(nameOf(options));

  const care = seen ? await careOf(running, clientIdOf(options, seen)) : null;
  if (seen && !isPermitted(running, care, seen)) return notFound(nameOf(options));
  const attempt = { viewerId: tools.viewer.id, command: name, key: input.idempotencyKey, input };
  return once<object, object>(
    tools.tx,
    attempt,
    () => decide({ ...running, tools: { ...tools, care } }, seen as never),
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
  if (options.lock !== undefined || options.client !== undefined) return row;
  const care = await careOf(running, clientIdOf(options, row));
  return isPermitted(running, care, row) ? row : notFound(nameOf(options));
}

async function decide(
  { context, options, rule, tools }: Running,
  seen: never,
): Promise<Outcome<object> | Problem> {
  const { lock, orNew } = options;
  const row = lock ? rowOf(options, seen) : null;
  if (row && 'version' in row && isStale(options.input, row.version, orNew))
    return staleVersion(Number(row.version));

  const decision = await rule(seen, tools);
  if (isProblem(decision)) return decision;
  const { insert, answer, ...change } = decision;
  const refused = insert ? await create(options, tools.tx, insert) : null;
  if (refused) return refused;
  // A rule that only answers and tells changes no row; its facts are recorded all the same.
  const isChanged = change.update !== undefined || (!insert && (change.also !== undefined || !answer));
  const changed =
    lock && row && isChanged
      ? await writeChange(tools.tx, context.cause, [lock[0], row], change)
      : await writeRest(tools.tx, context.cause, change);
  return outcomeOf(answer ?? insert ?? changed);
}

async function create(
  { name, creates, taken }: AnyOptions,
  tx: EntityManager,
  insert: Identified,
): Promise<Problem | null> {
  if (!creates) throw new Error(`${name} does not say what it creates`);
  if (taken) return (await insertUnlessTaken(tx, creates, insert)) ? null : taken(tx);
  await tx.insert(creates, insert);
  return null;
}

/** A repetition of the key finds the answer by its id; what has none is found by `again`. */
function outcomeOf(answer: object): Outcome<object> {
  return { id: 'id' in answer && typeof answer.id === 'string' ? answer.id : '', answer };
}

async function writeRest(
  tx: EntityManager,
  cause: Cause,
  { also, facts = [], after }: Change<Identified, Identified>,
): Promise<object> {
  await also?.(tx);
  await record(tx, cause, ...facts, ...((await after?.(tx)) ?? []));
  return {};
}

/** Who may create the row must say which version of a row that is there already. */
function isStale({ expectedVersion }: CommandInput, version: unknown, orNew = false): boolean {
  return typeof expectedVersion === 'number' ? version !== expectedVersion : orNew;
}

async function find({ lock }: AnyOptions, tx: EntityManager): Promise<object | null> {
  if (!lock || !isUuid(lock[1])) return null;
  const [entity, id, findWith] = lock;
  return findWith ? findWith(tx, id) : lockRow(tx, entity, id);
}

/** A row that was locked together with others stands in what was found. */
function rowOf({ lock }: AnyOptions, seen: object | null): Identified | null {
  return (lock?.[2] ? (seen as { row: Identified } | null)?.row : (seen as Identified | null)) ?? null;
}

async function careOf({ context, tools }: Running, clientId: string | null): Promise<Care | null> {
  if (clientId === null) return null;
  const id = clientId.toLowerCase();
  return (await context.care?.careIn(tools.tx, [id]))?.get(id) ?? null;
}

/** A row of no client is guarded by the roles of the mutation alone, unless `may` says more. */
function isPermitted({ context, options, tools }: Running, care: Care | null, seen: object): boolean {
  if (options.may) return options.may(care, seen);
  if (clientIdOf(options, seen) === null) return true;
  if (!context.care || !options.part) throw new Error(`${options.name} does not say who may`);
  return context.care.mayChange(tools.viewer, care, options.part);
}

function clientIdOf(options: AnyOptions, seen: object): string | null {
  if (options.client !== undefined) return options.client;
  if (options.clientOf) return options.clientOf(seen);
  const row = options.lock ? rowOf(options, seen) : seen;
  return row && 'clientId' in row && typeof row.clientId === 'string' ? row.clientId : null;
}

/** Name of the type that the caller asked for. */
export function nameOf({ what, lock, creates, client }: AnyOptions): string {
  if (what) return what;
  if (lock) return lock[0].options.name;
  return client === undefined ? (creates?.options.name ?? 'object') : 'Client';
}
