import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as facts from '@throughline/events';
import type { EventDefinition } from '@throughline/events';
import ts from 'typescript';

const root = join(import.meta.dirname, '..', '..');

/** One consumer of facts: the names of the facts in `@throughline/events`, and the words that it can read in them. */
interface Reader {
  facts: readonly string[];
  words: ReadonlySet<string>;
}

/** `Type.field` of each field that no consumer reads. The key of a fact is read by the backbone itself. */
export function unreadFields(events: readonly EventDefinition[], readers = readersOfFacts()): string[] {
  return events.flatMap((event) => {
    const words = readers.filter((reader) => reader.facts.includes(event.type)).map((reader) => reader.words);
    return Object.keys(event.open.shape)
      .filter((field) => !keysOf(event).includes(field) && !words.some((known) => known.has(field)))
      .map((field) => `${event.type}.${field}`);
  });
}

/** Every `on(fact, …)` of the services and of the copy of care, the timeline, and the live graph of the gateway. */
export function readersOfFacts(): Reader[] {
  const files = globSync(['services/*/src/**/*.ts', 'shared/care/src/**/*.ts'], {
    cwd: root,
    exclude: (path) => path.includes('generated') || path.includes('.test'),
  });
  return [...files.flatMap((path) => readersIn(join(root, path))), ...timeline(), liveGraph()];
}

/** The timeline stores the client and the subject of each fact: `about('Goal', 'goalId', facts.goalClosed)`. */
function timeline(): Reader[] {
  const text = readFileSync(join(root, 'services/treatment/src/timeline/timeline/subjects.ts'), 'utf8');
  return [...text.matchAll(/about\('\w+', '(\w+)', (.*)\)/g)].map(([, subject = '', named = '']) => ({
    facts: [...named.matchAll(/facts\.(\w+)/g)].flatMap(([, fact = '']) => typesNamed(fact)),
    words: new Set(['clientId', subject]),
  }));
}

/** Signals of the live graph are made of the fields that the two schemas name. */
function liveGraph(): Reader {
  const text = readFileSync(join(root, 'gateway/src/live/signal.ts'), 'utf8');
  const named = [...text.matchAll(/(\w+): z\./g)].map(([, field = '']) => field);
  return { facts: facts.allEvents.map(({ type }) => type), words: new Set(named) };
}

function readersIn(path: string): Reader[] {
  const text = readFileSync(path, 'utf8');
  if (!text.includes('@throughline/events') || !/\b(on|heard)\(/.test(text)) return [];
  return callsOfOn(ts.createSourceFile(path, text, ts.ScriptTarget.Latest)).map(([fact, handler]) => ({
    facts: typesNamed(fact),
    words: namedParts(handler) ?? wordsAround(path, text),
  }));
}

/** `on(fact, (tx, data) => …)`, and what measures keep: `heard(fact, (data) => …)`. */
const isReaction = (name: string): boolean => name === 'on' || name === 'heard';

function callsOfOn(source: ts.SourceFile): [fact: string, handler: ts.Expression][] {
  const found: [string, ts.Expression][] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && isReaction(node.expression.text)) {
      const [fact, handler] = node.arguments;
      if (fact && handler) found.push([fact.getText(source), handler]);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** `referralFacts[…]` stands for all of them. */
function typesNamed(expression: string): string[] {
  const named: unknown = facts[/^(?:facts\.)?(\w+)/.exec(expression)?.[1] as keyof typeof facts];
  const definitions = isDefinition(named) ? [named] : Object.values(named ?? {}).filter(isDefinition);
  return definitions.map(({ type }) => type);
}

function isDefinition(value: unknown): value is EventDefinition {
  return typeof value === 'object' && value !== null && 'type' in value && 'open' in value;
}

/** The fields that a handler takes out of the data, when it takes nothing else: `(tx, { clientId }) => …`. */
function namedParts(handler: ts.Expression): Set<string> | null {
  const named = ts.isArrowFunction(handler) ? handler.parameters.map(({ name }) => name) : [];
  const data = named.find(ts.isObjectBindingPattern);
  if (!data) return null;
  if (data.elements.some(({ dotDotDotToken }) => dotDotDotToken)) return null;
  return new Set(
    data.elements.map(({ propertyName, name }) => ((propertyName ?? name) as ts.Identifier).text),
  );
}

/** A handler that passes the data on whole: every word of its file and of the files of its own that it imports. */
function wordsAround(path: string, text: string): Set<string> {
  const imported = [...text.matchAll(/from '(\.{1,2}\/[^']+)'/g)].map(([, file]) =>
    readFileSync(join(dirname(path), file ?? ''), 'utf8'),
  );
  return new Set([text, ...imported].join('\n').match(/\w+/g));
}

function keysOf({ description }: EventDefinition): string[] {
  return (
    /^Key: (\w+)(?:, else (\w+))?\./
      .exec(description)
      ?.slice(1)
      .filter((key) => key) ?? []
  );
}
