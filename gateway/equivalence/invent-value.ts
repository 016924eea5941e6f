import * as fc from 'fast-check';
import { isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField } from 'graphql';
import type { GraphQLInputField, GraphQLInputType } from 'graphql';

/** Draws from fast-check, so that a counterexample has a seed and a path to repeat it by. */
export interface Dice {
  below(max: number): number;
  /** Whether something that happens that often, from 0 to 1, happens now. */
  falls(share: number): boolean;
  oneOf<Item>(items: readonly Item[]): Item;
}

/** An enum value, to be written without quotes where it stands in a document. */
export class EnumValue {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  toJSON(): string {
    return this.name;
  }
}

/** Dice from the generator that `fc.gen()` hands to a property. */
export function diceOf(draw: fc.GeneratorValue): Dice {
  const below = (max: number): number => draw(fc.nat, { max: max - 1 });
  return {
    below,
    falls: (share) => below(1_000) >= 1_000 - share * 1_000,
    oneOf: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new Error('Nothing to draw from');
      return item;
    },
  };
}

const wrong = ['wrong', -7, 2.5, true, null, [null], { nothing: 1 }];

/** A value for an argument or variable; now and then one that the type does not allow. */
export function inventValue(dice: Dice, type: GraphQLInputType, depth = 0): unknown {
  if (isNonNullType(type)) return inventValue(dice, type.ofType, depth) ?? 'instead of null';
  if (dice.falls(0.006)) return dice.oneOf(wrong);
  if (dice.falls(0.04)) return null;
  if (isListType(type)) return inventList(dice, type.ofType, depth);
  if (isEnumType(type))
    return new EnumValue(dice.falls(0.01) ? 'UNHEARD_OF' : dice.oneOf(type.getValues()).name);
  if (isInputObjectType(type)) {
    const chosen = Object.values(type.getFields()).filter((field) => isChosen(dice, field, depth));
    return Object.fromEntries(chosen.map(({ name, type: of }) => [name, inventValue(dice, of, depth + 1)]));
  }
  return inventScalar(dice, type.name);
}

function isChosen(dice: Dice, field: GraphQLInputField, depth: number): boolean {
  return isRequiredInputField(field) || (depth < 3 && dice.falls(0.3));
}

/** One value that is no list is allowed where a list is asked for. */
function inventList(dice: Dice, type: GraphQLInputType, depth: number): unknown {
  if (dice.falls(0.1)) return inventValue(dice, type, depth);
  return Array.from({ length: dice.below(3) }, () => inventValue(dice, type, depth));
}

function inventScalar(dice: Dice, name: string): unknown {
  if (name === 'Int') return 1 + dice.below(40);
  if (name === 'Float') return dice.below(100) / 4;
  if (name === 'Boolean') return dice.falls(0.5);
  if (name === 'ID') return `id-${dice.below(9)}`;
  return dice.oneOf(['', 'text', 'says "so"', 'line\nline', '🌱', '2026-11-23', '2026-11-23T18:02:11Z']);
}

/** As it stands in a document. */
export function literalOf(value: unknown): string {
  if (value instanceof EnumValue) return value.name;
  if (Array.isArray(value)) return `[${value.map(literalOf).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([name, found]) => `${name}: ${literalOf(found)}`)
    .join(', ')} }`;
}
