import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Kind, parse } from 'graphql';
import { apiSchema } from './contract/api-schema.ts';
import { speakable } from './mask.ts';
import { composedSupergraph } from './supergraph/composed.ts';

const here = import.meta.dirname;
const catalogue = readFileSync(join(here, '..', 'ERRORS.md'), 'utf8');
const listed = (part: string): string[] => {
  const [, text = ''] = catalogue.split(`## ${part}\n`);
  const [own = ''] = text.split('\n## ');
  return [...own.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name ?? '').sort();
};

/** Codes that the sources give to a caller: in extensions, in refusals and in what the mask lets through. */
function codesOfSources(): string[] {
  const files = globSync('**/*.ts', { cwd: here }).filter((file) => !/[.]test[.]ts$/.test(file));
  const given = /(?:\bcode: |refuse\(response, \d+, |refused\(\s*|\bcode = )'([A-Z][A-Z_]+)'/g;
  const found = files.flatMap((file) =>
    [...readFileSync(join(here, file), 'utf8').matchAll(given)].map(([, code]) => code ?? ''),
  );
  return [...new Set([...found, ...speakable])].sort();
}

it('names every code that a caller can get', () => {
  expect(codesOfSources().filter((code) => !listed('Error codes').includes(code))).toEqual([]);
});

it('names every problem of the graph, and none that is gone', () => {
  const { definitions } = parse(composedSupergraph('staff'));
  const problems = definitions.flatMap((type) =>
    type.kind === Kind.OBJECT_TYPE_DEFINITION && type.interfaces?.some(({ name }) => name.value === 'Problem')
      ? [type.name.value]
      : [],
  );
  expect(listed('Problems')).toEqual(problems.sort());
});

it('says of every problem what the graph says of it', () => {
  const [, rows = ''] = catalogue.split('## Problems\n');
  const graphs = [apiSchema('staff'), apiSchema('partner')];
  const said = [...rows.matchAll(/^\| `(\w+)` +\| (.*?) +\| (.+?) +\|$/gm)].map(([, type = '', words]) => [
    type,
    words,
  ]);
  const known = said.map(([type = '']) => {
    const { description } = graphs.map((graph) => graph.getType(type)).find((found) => found) ?? {};
    return [type, description?.replaceAll('\n', ' ')];
  });
  expect(said).toHaveLength(listed('Problems').length);
  expect(said).toEqual(known);
});
