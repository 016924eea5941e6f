import type { Cause } from '@throughline/events';
import { isProblem, isUuid, notFound, staleVersion, type Problem } from '@throughline/graphql';
import { record } from '@throughline/messaging';
import type { EntityManager } from 'typeorm';
import type { Change } from './decision.ts';
import type { AnyOptions, CommandContext, CommandInput, Lock, Rule, Tools } from './options.ts';
import { once, type Outcome } from './receipt.ts';
import { insertUnlessTaken, lockRow, writeChange, type Identified } from './write-change.ts';

export interface Running {
  context: CommandContext<unknown>;
  options: AnyOptions;
  rule: Rule<never, Identified, Identified, Problem>;
  tools: Tools;
}

/** What a command does inside its transaction. */
export async function runCommand(running: Running): Promise<object> {
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
  const { input, lock, creates, taken, orNew } = options;
  const row = lock ? (seen as Identified | null) : null;
  if (row && 'version' in row && isStale(input, row.version, orNew)) return staleVersion(Number(row.version));

  const decision = await rule(seen, tools);
  if (isProblem(decision)) return decision;
  const { insert, answer, ...change } = decision;
  if (insert) {
    if (!creates) throw new Error(`${options.name} does not say what it creates`);
    if (!taken) await tools.tx.insert(creates, insert);
    else if (!(await insertUnlessTaken(tools.tx, creates, insert))) return taken(tools.tx);
  }
  const changesRow = lock && row && (!insert || change.update);
  const changed = changesRow
    ? await writeChange(tools.tx, context.cause, [lock[0], row], change)
    : await writeRest(tools.tx, context.cause, change);
  return outcomeOf(answer ?? insert ?? changed);
}

/** A repetition of the key finds the answer by its id; what has none is found by `again`. */
function outcomeOf(answer: object): Outcome<object> {
  return { id: 'id' in answer && typeof answer.id === 'string' ? answer.id : '', answer };
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

/** Who may create the row must say which version of a row that is there already. */
function isStale({ expectedVersion }: CommandInput, version: unknown, orNew = false): boolean {
  return typeof expectedVersion === 'number' ? version !== expectedVersion : orNew;
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

function clientIdOf({ client, clientOf }: AnyOptions, seen: object): string | null {
  if (client !== undefined) return client;
  if (clientOf) return clientOf(seen);
  return 'clientId' in seen && typeof seen.clientId === 'string' ? seen.clientId : null;
}

/** Name of the type that the caller asked for. */
export function nameOf({ lock, creates, client }: AnyOptions): string {
  if (lock) return lock[0].options.name;
  return client === undefined ? (creates?.options.name ?? 'object') : 'Client';
}
