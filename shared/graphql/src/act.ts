import type { GraphQLInputType, GraphQLResolveInfo } from 'graphql';
import type { ToldFaults } from './context.ts';
import { formFaults } from './input-check.ts';
import { withSmallIds } from './input-ids.ts';
import type { InputIssue, Problem } from './problems.ts';

interface Acting {
  loaders?: unknown;
  toldFaults?: ToldFaults;
  inputFaults?: readonly InputIssue[];
}

/** The resolvers that report unreadable values of their input as faults. */
export const tellsFaults = new WeakSet<object>();

/**
 * The resolver of a mutation: checks the form of its input against the SDL and gives every fault to the
 * command, which answers with all of them together. The ids of the input come in small letters.
 */
export function act<Context extends Acting, Input, Answer extends object>(
  command: (context: Context, input: Input) => Promise<Answer | Problem>,
) {
  const resolve = async (
    _root: unknown,
    { input }: { input: Input },
    context: Context,
    info: GraphQLResolveInfo,
  ): Promise<Answer> => {
    const type = info.parentType.getFields()[info.fieldName]?.args.find(({ name }) => name === 'input')?.type;
    const inputFaults = faultsOf(type, input, toldAt(context, info.path.key));
    const own = type ? (withSmallIds(type, input) as Input) : input;
    const answer = await command({ ...context, inputFaults }, own);
    // The answer must not show what the request read before the change.
    forget(context.loaders);
    return answer as Answer;
  };
  tellsFaults.add(resolve);
  return resolve;
}

function faultsOf(type: GraphQLInputType | undefined, input: unknown, told: readonly InputIssue[]) {
  const own = type ? formFaults(type, input) : [];
  return [...told, ...own.filter((fault) => !told.some((one) => isAt(fault.path, one.path)))];
}

/** Faults that the gateway found in the input of the mutation with this key of the answer. */
export function toldAt(
  { toldFaults }: Pick<Acting, 'toldFaults'>,
  key: string | number,
): readonly InputIssue[] {
  return toldFaults && Object.hasOwn(toldFaults, key) ? (toldFaults[key] ?? []) : [];
}

/** A stand-in is where the gateway found a fault: what is wrong with the stand-in is not the caller's. */
function isAt(path: string, told: string): boolean {
  return path === told || path.startsWith(`${told}.`);
}

function forget(loaders: unknown): void {
  if (typeof loaders !== 'object' || loaders === null) return;
  for (const loader of Object.values(loaders) as { clearAll?: () => unknown }[]) loader.clearAll?.();
}

interface Loading<Row> {
  loaders: Record<string, { load(id: string): Promise<Row | null> }>;
}

/** `__resolveReference` of an entity: the row with this id. */
export function byId<Name extends string>(loader: Name) {
  return <Row>(
    { id }: { id: string },
    { loaders }: { loaders: Pick<Loading<Row>['loaders'], Name> },
  ): Promise<Row | null> => loaders[loader].load(id);
}
