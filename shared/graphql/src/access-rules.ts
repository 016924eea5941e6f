import {
  Kind,
  valueFromASTUntyped,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
} from 'graphql';
import { accessRoles, type AccessRole, type AccessRule } from './access-rule.ts';

/** Rules of `@access` and `@public` in the SDL of a subgraph or of a supergraph. */
export class AccessRules {
  readonly #ofTypes = new Map<string, AccessRule>();
  readonly #ofFields = new Map<string, AccessRule>();
  readonly #known = new Map<string, AccessRule>();

  /** Throws when a rule cannot be read: an unknown role, or two rules at one place. */
  constructor(document: DocumentNode) {
    for (const definition of document.definitions) this.#read(definition);
  }

  /**
   * The rule of a field: its own, otherwise the rule of its type; null without one. Equal rules are the same
   * object.
   */
  of(type: string, field: string): AccessRule | null {
    return this.#ofFields.get(`${type}.${field}`) ?? this.ofType(type);
  }

  /** The rule of the fields of a type that have no rule of their own. */
  ofType(type: string): AccessRule | null {
    return this.#ofTypes.get(type) ?? null;
  }

  #read(definition: DefinitionNode): void {
    if (!hasFields(definition)) return;
    const { name, directives, fields = [] } = definition;
    const own = this.#ruleOf(name.value, directives);
    // The definition of a type and its extensions are one type.
    if (own && (this.#ofTypes.get(name.value) ?? own) !== own) throw twice(name.value);
    if (own) this.#ofTypes.set(name.value, own);
    for (const field of fields) {
      const place = `${name.value}.${field.name.value}`;
      const rule = this.#ruleOf(place, field.directives);
      if (rule) this.#ofFields.set(place, rule);
    }
  }

  #ruleOf(place: string, directives: readonly ConstDirectiveNode[] = []): AccessRule | null {
    const [rule, another] = directives.filter(({ name }) => ['access', 'public'].includes(name.value));
    if (another) throw twice(place);
    if (!rule) return null;
    if (rule.name.value === 'public') return 'PUBLIC';
    return this.#same(rolesOf(rule, place));
  }

  #same(roles: AccessRole[]): AccessRule {
    const key = [...roles].sort().join();
    const known = this.#known.get(key) ?? new Set(roles);
    this.#known.set(key, known);
    return known;
  }
}

const kinds = [
  Kind.OBJECT_TYPE_DEFINITION,
  Kind.OBJECT_TYPE_EXTENSION,
  Kind.INTERFACE_TYPE_DEFINITION,
  Kind.INTERFACE_TYPE_EXTENSION,
] as const;
type WithFields = Extract<DefinitionNode, { kind: (typeof kinds)[number] }>;

function hasFields(definition: DefinitionNode): definition is WithFields {
  return (kinds as readonly Kind[]).includes(definition.kind);
}

function rolesOf({ arguments: given = [] }: ConstDirectiveNode, place: string): AccessRole[] {
  const roles = given.find(({ name }) => name.value === 'roles');
  const named: unknown = roles && valueFromASTUntyped(roles.value);
  if (Array.isArray(named) && named.length > 0 && named.every(isRole)) return named;
  throw new Error(`${place}: @access needs roles that there are, not ${JSON.stringify(named)}`);
}

function isRole(name: unknown): name is AccessRole {
  return typeof name === 'string' && accessRoles.has(name);
}

function twice(place: string): Error {
  return new Error(`${place} has two rules of access: leave one`);
}
