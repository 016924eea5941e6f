import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  type FieldNode,
  type GraphQLResolveInfo,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { answerFields, type AnswerFieldName } from '../../referral/disclosure/answer-fields.ts';

/** What of an operation decides which fields are asked for. */
type Asking = Pick<GraphQLResolveInfo, 'operation' | 'fragments' | 'variableValues' | 'path'>;

/** The part of an operation to which a field belongs: the name that its field at the root has in the answer. */
export function partOf({ path }: Pick<GraphQLResolveInfo, 'path'>): string {
  let root = path;
  while (root.prev) root = root.prev;
  return String(root.key);
}

/** The fields of the partner's answer that this part of the operation asks for: only these are released. */
export function fieldsAsked(info: Asking): AnswerFieldName[] {
  return pathsAsked(info).filter(isAnswerField);
}

/** Whether this part of the operation asks who sent the referral. */
export function senderNameAsked(info: Asking): boolean {
  return pathsAsked(info).includes('senderDisplayName');
}

function pathsAsked(info: Asking): string[] {
  const part = partOf(info);
  const roots = flatten(info.operation.selectionSet, info).filter(
    ({ alias, name }) => (alias ?? name).value === part,
  );
  const paths = new Set<string>();
  for (const { selectionSet } of roots) collect(selectionSet, info, '', paths);
  return [...paths];
}

function collect(
  selectionSet: SelectionSetNode | undefined,
  info: Asking,
  parent: string,
  paths: Set<string>,
): void {
  if (!selectionSet) return;
  for (const { name, selectionSet: inner } of flatten(selectionSet, info)) {
    paths.add(parent === 'person' ? `person.${name.value}` : name.value);
    collect(inner, info, name.value, paths);
  }
}

/** The fields of a selection. Fields of fragments are taken as its own, and fields that are skipped are left out. */
function flatten({ selections }: SelectionSetNode, info: Asking): FieldNode[] {
  return selections.flatMap((selection): FieldNode[] => {
    if (isSkipped(selection, info)) return [];
    if (selection.kind === Kind.FIELD) return [selection];
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    return fragment ? flatten(fragment.selectionSet, info) : [];
  });
}

function isSkipped(node: SelectionNode, { variableValues }: Asking): boolean {
  return (
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if === true ||
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if === false
  );
}

function isAnswerField(path: string): path is AnswerFieldName {
  return Object.hasOwn(answerFields, path);
}
