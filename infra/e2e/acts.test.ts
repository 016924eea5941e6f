import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { allEvents } from '@throughline/events';
import { Kind, parse } from 'graphql';
import { toldElsewhere, untold } from './acts.ts';

const root = join(import.meta.dirname, '..', '..');
const sources = globSync('services/*/src/**/*.ts', { cwd: root })
  .filter((file) => !/generated|\.test\.ts$/.test(file))
  .map((file) => ({ folder: dirname(file), text: readFileSync(join(root, file), 'utf8') }));

const mutations = parse(readFileSync(join(root, 'gateway/schema/staff.graphql'), 'utf8'))
  .definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION && node.name.value === 'Mutation' ? (node.fields ?? []) : [],
  )
  .map(({ name }) => name.value);

/** The declarations of a folder by name; a command and its rule often share a name. */
function declarationsOf(folder: string): Map<string, string[]> {
  const texts = sources
    .filter((one) => one.folder === folder)
    .flatMap(({ text }) => text.split(/^(?=[a-z/])/m));
  const named = texts.flatMap((text) => {
    const name = /^(?:export )?(?:async )?(?:function|const) (\w+)/.exec(text)?.[1];
    return name ? [{ name, text }] : [];
  });
  return new Map(
    [...Map.groupBy(named, ({ name }) => name)].map(([name, all]) => [name, all.map(({ text }) => text)]),
  );
}

/** Whether the command, or something that it calls in its folder, makes a fact. */
function makesFact(mutation: string): boolean {
  const command = new RegExp(`export (const|(async )?function) ${mutation}\\b`);
  const home = sources.find(({ text }) => command.test(text) && text.includes('command('));
  if (!home) return false;
  const declared = declarationsOf(home.folder);
  const seen = new Set([mutation]);
  for (const name of seen) {
    const texts = declared.get(name) ?? [];
    if (texts.some((text) => text.includes('.of('))) return true;
    for (const [word] of texts.join('\n').matchAll(/\w+/g)) if (declared.has(word)) seen.add(word);
  }
  return false;
}

describe('every act of staff', () => {
  it.each(mutations)('%s makes a fact, or says why it is in no timeline', (mutation) => {
    const isTold = makesFact(mutation) || mutation in toldElsewhere;
    expect(isTold || mutation in untold).toBe(true);
  });

  it('with a reason or a fact elsewhere exists, and its fact is about a client', () => {
    const named = [...Object.keys(toldElsewhere), ...Object.keys(untold)];
    expect(named.filter((one) => !mutations.includes(one))).toEqual([]);
    const aboutClients = allEvents.filter(({ open }) => 'clientId' in open.shape).map(({ type }) => type);
    expect(Object.values(toldElsewhere).filter((type) => !aboutClients.includes(type))).toEqual([]);
  });
});
