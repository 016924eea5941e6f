import type { GraphQLResolveInfo } from 'graphql';
import { formFaults } from './input-check.ts';
import type { InputIssue, Problem } from './problems.ts';

interface Acting {
  loaders?: unknown;
  inputFaults?: readonly InputIssue[];
}

/** The resolvers that tell unreadable values of their input as faults. */
export const tellsFaults = new WeakSet<object>();

/**
 * The resolver of a mutation: checks the form of its input as the SDL says it, and hands every fault to the command,
 * which tells all of them at once.
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
    const inputFaults = faultsOf(info, input);
    const answer = await command({ ...context, inputFaults }, input);
    // What the request read before the change is not what the answer must show.
    forget(context.loaders);
    return answer as Answer;
  };
  tellsFaults.add(resolve);
  return resolve;
}

function faultsOf({ parentType, fieldName }: GraphQLResolveInfo, input: unknown): InputIssue[] {
  const argument = parentType.getFields()[fieldName]?.args.find(({ name }) => name === 'input');
  return argument ? formFaults(argument.type, input) : [];
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
