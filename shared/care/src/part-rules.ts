import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
} from 'graphql';
import { parts, type Part } from './reach.ts';

/**
 * What `@part` can say of a whole type. NO_CLIENT: it says nothing about a client. RELEASE: partners read it, and the
 * decision to release guards each field. A part of the record: it is a value that stands in a field of this part.
 */
const openTypes = ['NO_CLIENT', 'RELEASE'] as const;
const ofTypes = [...openTypes, ...parts] as const;

type ObjectType = Extract<
  DefinitionNode,
  { kind: typeof Kind.OBJECT_TYPE_DEFINITION | typeof Kind.OBJECT_TYPE_EXTENSION }
>;

/** What the SDL of a subgraph says of each field: to which part of the record of a client it belongs. */
export class PartRules {
  readonly #parts = new Map<string, Part>();
  readonly #unbound = new Set<string>(['Query', 'Mutation']);
  readonly #values = new Map<string, Part>();
  readonly #bound = new Set<string>(['Client']);
  readonly #keys = new Set<string>();

  /** Throws when a part is not one of the parts. */
  constructor(document: DocumentNode) {
    for (const definition of document.definitions) {
      const isObject =
        definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION;
      if (isObject) this.#read(definition);
    }
  }

  /** The part that a field belongs to, or null where the SDL names none. */
  of(type: string, field: string): Part | null {
    return this.#parts.get(`${type}.${field}`) ?? null;
  }

  /**
   * A type is bound to a client when it is Client, names its client, has a part at a field, or is an entity that the
   * SDL does not exempt.
   */
  isBound(type: string): boolean {
    return this.#bound.has(type) && !this.#unbound.has(type);
  }

  /** The part of all fields of a value, an object without a client of its own; null for every other type. */
  valuePart(type: string): Part | null {
    return this.#values.get(type) ?? null;
  }

  /** Whether the SDL says that the fields of the type need no part. */
  isOpen(type: string): boolean {
    return this.#unbound.has(type) && !this.#values.has(type);
  }

  /** Who asks by the key has it already. */
  isKey(type: string, field: string): boolean {
    return this.#keys.has(`${type}.${field}`);
  }

  #read({ name: { value: type }, directives = [], fields = [] }: ObjectType): void {
    for (const directive of directives) {
      if (directive.name.value === 'part') this.#exempt(type, directive);
      if (directive.name.value === 'key') this.#readKey(type, directive);
    }
    for (const { name, directives: own = [] } of fields) {
      if (name.value === 'client' || name.value === 'clientId') this.#bound.add(type);
      const part = own.find((directive) => directive.name.value === 'part');
      if (!part) continue;
      this.#bound.add(type);
      this.#parts.set(`${type}.${name.value}`, partOf(part, `${type}.${name.value}`, parts));
    }
  }

  #exempt(type: string, directive: ConstDirectiveNode): void {
    const said = partOf(directive, type, ofTypes);
    this.#unbound.add(type);
    const part = parts.find((one) => one === said);
    if (part) this.#values.set(type, part);
  }

  #readKey(type: string, directive: ConstDirectiveNode): void {
    this.#bound.add(type);
    const [fields] = directive.arguments ?? [];
    const names = String(fields && valueFromASTUntyped(fields.value)).match(/\w+/g) ?? [];
    for (const field of names) this.#keys.add(`${type}.${field}`);
  }
}

function partOf<Known extends string>(
  { arguments: [of] = [] }: ConstDirectiveNode,
  place: string,
  known: readonly Known[],
): Known {
  const named: unknown = of && valueFromASTUntyped(of.value);
  const part = known.find((one) => one === named);
  if (part) return part;
  throw new Error(`${place}: @part needs one of ${known.join(', ')}, not ${JSON.stringify(named)}`);
}
