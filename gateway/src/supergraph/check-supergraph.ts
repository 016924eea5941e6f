import internals from '@apollo/federation-internals';
import { AccessRules } from '@throughline/graphql';
import { Kind, parse, type DocumentNode } from 'graphql';
import { subgraphs } from '../subgraphs.ts';

/**
 * Throws one sentence when the text is no supergraph of ours, before a running graph loads it. The graph validates the
 * text once more when it loads it, and refuses it whole: here stands what that validation does not know.
 */
export function checkSupergraph(sdl: string): void {
  const document = parse(sdl, { noLocation: true });
  const supergraph = internals.Supergraph.build(document, { validateSupergraph: false });
  const known = new Set<string>(subgraphs.map(({ name }) => name));
  const strangers = supergraph.subgraphsMetadata().filter(({ name }) => !known.has(name));
  if (strangers.length > 0)
    throw new Error(
      `The supergraph names a service that has no address: ${strangers.map(({ name }) => name).join(', ')}`,
    );
  const unruled = fieldsWithoutRule(document);
  if (unruled.length > 0)
    throw new Error(`The supergraph does not say who may ask ${unruled.slice(0, 10).join(', ')}`);
}

interface Marked {
  directives?: readonly { name: { value: string } }[];
}

function fieldsWithoutRule(supergraph: DocumentNode): string[] {
  const rules = new AccessRules(supergraph);
  return supergraph.definitions
    .filter(
      (type) => type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION,
    )
    .filter(isServed)
    .flatMap((type) =>
      (type.fields ?? [])
        .filter(isServed)
        .map((field) => ({ type: type.name.value, field: field.name.value })),
    )
    .filter(({ type, field }) => !rules.of(type, field))
    .map(({ type, field }) => `${type}.${field}`);
}

function isServed({ directives }: Marked): boolean {
  return !directives?.some(({ name }) => name.value === 'inaccessible');
}
