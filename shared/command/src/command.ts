import type { Care } from '@throughline/care';
import { invalidInput, isUuid, notFound, type InputIssue, type Problem } from '@throughline/graphql';
import type { EntitySchema } from 'typeorm';
import type { AnyOptions, CommandContext, Lock, LockWith, Options, Rule } from './options.ts';
import { nameOf, runCommand } from './run-command.ts';
import type { Identified } from './write-change.ts';

/**
 * The one way to write: finds and locks the row, asks permission, compares the expected version, lets the rule decide,
 * writes row, facts and receipt, all in one transaction. A row that the viewer may not change and a row that does not
 * exist are both NotFound, also for a repeated key.
 */
export function command<
  Row extends Identified,
  New extends Identified,
  Refused extends Problem,
  Answer extends object = never,
>(
  context: CommandContext,
  options: Options<Row> & { lock: Lock<Row>; creates: EntitySchema<New>; orNew?: false },
  rule: Rule<Row, New, Row, Refused, Answer>,
): Promise<New | Answer | Problem>;
export function command<Row extends Identified, Refused extends Problem, Answer extends object = never>(
  context: CommandContext,
  options: Options<Row> & { lock: Lock<Row>; creates: EntitySchema<Row>; orNew: true },
  rule: Rule<Row | null, Row, Row, Refused, Answer>,
): Promise<Row | Answer | Problem>;
export function command<Row extends Identified, Refused extends Problem, Answer extends object = never>(
  context: CommandContext,
  options: Options<Row> & { lock: Lock<Row> },
  rule: Rule<Row, never, Row, Refused, Answer>,
): Promise<Row | Answer | Problem>;
export function command<New extends Identified, Refused extends Problem, Answer extends object = never>(
  context: CommandContext,
  options: Options<Care> & { client: string; creates: EntitySchema<New> },
  rule: Rule<Care, New, never, Refused, Answer>,
): Promise<New | Answer | Problem>;
export function command<Refused extends Problem, Answer extends object>(
  context: CommandContext,
  options: Options<null> & { lock?: never; client?: never; creates?: never },
  rule: Rule<null, never, never, Refused, Answer>,
): Promise<Answer | Problem>;
export function command<New extends Identified, Refused extends Problem, Answer extends object = never>(
  context: CommandContext,
  options: Options<New> & { creates: EntitySchema<New>; lock?: never; client?: never },
  rule: Rule<null, New, never, Refused, Answer>,
): Promise<New | Answer | Problem>;
export function command<
  Seen extends { row: Row },
  Row extends Identified,
  New extends Identified,
  Refused extends Problem,
  Answer extends object = never,
>(
  context: CommandContext,
  options: Options<Seen> & { lock: LockWith<Row, Seen>; creates: EntitySchema<New> },
  rule: Rule<Seen, New, Row, Refused, Answer>,
): Promise<New | Answer | Problem>;
export function command<
  Seen extends { row: Row },
  Row extends Identified,
  Refused extends Problem,
  Answer extends object = never,
>(
  context: CommandContext,
  options: Options<Seen> & { lock: LockWith<Row, Seen> },
  rule: Rule<Seen, never, Row, Refused, Answer>,
): Promise<Row | Answer | Problem>;
export async function command(context: CommandContext, given: object, decide: unknown): Promise<object> {
  const options = given as AnyOptions;
  const rule = decide as Rule<never, Identified, Identified, Problem>;
  const { lock, client, check, orNew } = options;
  const target = lock?.[1] ?? client;
  const now = context.now();
  const faults = withoutTwice([...(context.inputFaults ?? []), ...(check?.(now) ?? [])]);
  if (faults.length > 0) return invalidInput(faults);
  if (target !== undefined && !isUuid(target) && !orNew) return notFound(nameOf(options));

  if (client !== undefined) await context.care?.awaitFor(context.viewer, client);
  return context.db.transaction((tx) =>
    runCommand({ context, options, rule, tools: { tx, now, viewer: context.viewer, care: null } }),
  );
}

/** One fault of each place: a text that is too long need not be a wrong code, too. */
function withoutTwice(faults: readonly InputIssue[]): InputIssue[] {
  return [...new Map([...faults].reverse().map((fault) => [fault.path, fault])).values()].reverse();
}
