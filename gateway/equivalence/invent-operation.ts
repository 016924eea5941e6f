import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import type {
  GraphQLArgument,
  GraphQLCompositeType,
  GraphQLField,
  GraphQLInputType,
  GraphQLSchema,
} from 'graphql';
import { inventValue, literalOf, type Dice } from './invent-value.ts';

export interface Operation {
  query: string;
  variables: Record<string, unknown>;
  operationName?: string;
}

/** Sizes of what is written; each is below the limit of the gateway. */
const largest = { depth: 6, fields: 45, aliases: 12, directives: 12, conditions: 12 };
type Sizes = typeof largest;

/**
 * Writes one operation over a schema: every construct of the language that a client may send, in random places. One that
 * does not fit is written again at half the size, until it fits.
 */
export function inventOperation(
  dice: Dice,
  schema: GraphQLSchema,
  fits: (operation: Operation) => boolean = () => true,
): Operation {
  for (let share = 1; share * largest.fields >= 1; share /= 2) {
    const operation = new OperationWriter(dice, schema, smaller(share)).write();
    if (fits(operation)) return operation;
  }
  return { query: 'query Invented { __typename }', variables: {} };
}

function smaller(share: number): Sizes {
  const entries = Object.entries(largest).map(([name, size]) => [name, Math.ceil(size * share)]);
  return Object.fromEntries(entries) as Sizes;
}

class OperationWriter {
  readonly #dice: Dice;
  readonly #schema: GraphQLSchema;
  readonly #most: Sizes;
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  #fields = 0;
  #aliases = 0;
  #directives = 0;
  #conditions = 0;

  constructor(dice: Dice, schema: GraphQLSchema, most: Sizes) {
    this.#dice = dice;
    this.#schema = schema;
    this.#most = most;
  }

  write(): Operation {
    const kind = this.#dice.falls(0.1) ? 'mutation' : 'query';
    const root = kind === 'query' ? this.#schema.getQueryType() : this.#schema.getMutationType();
    if (!root) throw new Error(`The schema has no ${kind}`);
    const body = this.#selections(root, 0);
    const declared = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    const other = this.#dice.falls(0.05) ? ['query Other { __typename }'] : [];
    return {
      query: [`${kind} Invented${declared} ${body}`, ...this.#fragments, ...other].join('\n'),
      variables: JSON.parse(JSON.stringify(this.#variables)) as Record<string, unknown>,
      ...(other.length > 0 && { operationName: 'Invented' }),
    };
  }

  #selections(type: GraphQLCompositeType, depth: number): string {
    const parts: string[] = [];
    const wanted = depth === 0 ? 1 + this.#dice.below(3) : 1 + this.#dice.below(6);
    for (let n = 0; n < wanted; n += 1) parts.push(this.#selection(type, depth));
    if (this.#dice.falls(0.15)) parts.push(this.#dice.oneOf(parts));
    return `{ ${parts.join(' ')} }`;
  }

  #selection(type: GraphQLCompositeType, depth: number): string {
    if (this.#fragmentFits(type, depth)) return this.#fragment(type, depth);
    if (this.#dice.falls(0.1) || !('getFields' in type)) return `${this.#alias(0.3)}__typename`;
    const fields = Object.values(type.getFields()).filter((field) => this.#fits(field, depth));
    return fields.length === 0 ? '__typename' : this.#field(this.#dice.oneOf(fields), depth);
  }

  #fragmentFits(type: GraphQLCompositeType, depth: number): boolean {
    if (this.#conditions >= this.#most.conditions || depth >= this.#most.depth) return false;
    return this.#dice.falls(isObjectType(type) ? 0.12 : 0.75);
  }

  #fits(field: GraphQLField<unknown, unknown>, depth: number): boolean {
    return (
      isLeafType(getNamedType(field.type)) || (depth < this.#most.depth && this.#fields < this.#most.fields)
    );
  }

  #field(field: GraphQLField<unknown, unknown>, depth: number): string {
    this.#fields += 1;
    const args = field.args.flatMap((arg) => this.#argument(arg));
    const type = getNamedType(field.type);
    const head = `${this.#alias(args.length > 0 ? 0.7 : 0.15)}${field.name}`;
    const given = args.length > 0 ? `(${args.join(', ')})` : '';
    const body = isCompositeType(type) ? ` ${this.#selections(type, depth + 1)}` : '';
    return `${head}${given}${this.#directive()}${body}`;
  }

  #alias(share: number): string {
    if (this.#aliases >= this.#most.aliases || !this.#dice.falls(share)) return '';
    this.#aliases += 1;
    return `a${this.#aliases}: `;
  }

  #argument(argument: GraphQLArgument): string[] {
    if (!isRequiredArgument(argument) && !this.#dice.falls(0.4)) return [];
    if (this.#dice.falls(0.5)) return [`${argument.name}: ${this.#variable(argument.type)}`];
    return [`${argument.name}: ${literalOf(inventValue(this.#dice, argument.type))}`];
  }

  /** Given, left out, null, wrong, with a default or without. */
  #variable(type: GraphQLInputType): string {
    const name = `v${this.#declared.length}`;
    const defaulted = this.#dice.falls(0.2) ? ` = ${literalOf(inventValue(this.#dice, type))}` : '';
    this.#declared.push(`$${name}: ${String(type)}${defaulted}`);
    const mustBeGiven = isNonNullType(type) && defaulted === '';
    if (!this.#dice.falls(mustBeGiven ? 0.01 : 0.3)) this.#variables[name] = inventValue(this.#dice, type);
    return `$${name}`;
  }

  #directive(): string {
    if (this.#directives >= this.#most.directives || !this.#dice.falls(0.12)) return '';
    this.#directives += 1;
    const name = this.#dice.oneOf(['skip', 'include']);
    const condition = this.#dice.falls(0.3) ? String(this.#dice.falls(0.5)) : this.#condition();
    return ` @${name}(if: ${condition})`;
  }

  #condition(): string {
    const name = `v${this.#declared.length}`;
    const defaulted = this.#dice.falls(0.3);
    this.#declared.push(`$${name}: Boolean!${defaulted ? ` = ${String(this.#dice.falls(0.5))}` : ''}`);
    if (!defaulted || this.#dice.falls(0.5)) this.#variables[name] = this.#dice.falls(0.5);
    return `$${name}`;
  }

  #fragment(type: GraphQLCompositeType, depth: number): string {
    this.#conditions += 1;
    const on = this.#conditionType(type);
    const body = this.#selections(on, depth + 0.5);
    if (this.#dice.falls(0.3)) {
      const name = `F${this.#fragments.length}`;
      this.#fragments.push(`fragment ${name} on ${on.name} ${body}`);
      return `...${name}${this.#directive()}`;
    }
    const bare = on === type && this.#dice.falls(0.4);
    return `...${bare ? '' : ` on ${on.name}`}${this.#directive()} ${body}`;
  }

  /** The type itself, one of its members, or an interface that it has. */
  #conditionType(type: GraphQLCompositeType): GraphQLCompositeType {
    const related = isAbstractType(type)
      ? this.#schema.getPossibleTypes(type).flatMap((member) => [member, ...member.getInterfaces()])
      : type.getInterfaces();
    if (related.length === 0 || this.#dice.falls(0.2)) return type;
    return this.#dice.oneOf(related);
  }
}
