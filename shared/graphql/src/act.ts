import type { GraphQLResolveInfo } from 'graphql';
import { formFaults } from './input-check.ts';
import type { InputIssue, Problem } from './problems.ts';

interface Acting {
  loaders?: unknown;
  inputFaults?: readonly InputIssue[];
}

/** The resolvers that report unreadable values of their input as faults. */
export const tellsFaults = new WeakSet<object>();

/**
 * The resolver of a mutation: checks the form of its input against the SDL and gives every fault to the
 * command, which answers with all of them together.
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
    // The answer must not show what the request read before the change.
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
