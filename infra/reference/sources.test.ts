import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { faultsOfLinks, faultsOfSources } from './sources.ts';
import { writtenFiles } from './written-files.ts';

const files = writtenFiles('ts', 'mjs', 'cjs', 'graphql', 'md', 'yml', 'yaml');
const chapters = files.filter(({ path }) => path.startsWith('infra/reference/') && path.endsWith('.md'));
const reference = new Map(chapters.map(({ path, text }) => [path.replace('infra/reference/', ''), text]));
const own = /^infra\/reference\/sources(?:[.]test)?[.]ts$/;

describe('sources', () => {
  it('can be opened wherever they are cited', () => {
    const cited = files.filter(({ path }) => !own.test(path));
    expect(cited.flatMap((file) => faultsOfSources(file, reference))).toEqual([]);
    expect(cited.filter(({ text }) => text.includes('Source: infra/reference/')).length).toBeGreaterThan(50);
  });

  it.each([
    ['a file that is not there', 'Source: infra/reference/nothing.md 1.1.'],
    ['a section that is not there', 'Source: infra/reference/domain.md 8.99.'],
    ['a section whose number only begins alike', 'Source: infra/reference/domain.md 2.1, 2.13.'],
    ['a row that is not there', 'Source: infra/reference/domain.md 2.8 T26.'],
    ['a law without a link in the reference', 'Source: 42 CFR 99.1.'],
    ['a law after a section', 'Source: infra/reference/domain.md 3.2; 42 CFR 99.1.'],
    ['an address without https', 'Source: http://hl7.org/fhir.'],
    ['a bare name', 'Source: the standard.'],
    ['an old name', 'As the domain reference says.'],
  ])('are refused: %s', (_what, text) => {
    expect(faultsOfSources({ path: 'x.ts', text }, reference)).toHaveLength(1);
  });

  it.each([
    'Source: infra/reference/domain.md 2.8 T6.',
    'Source: infra/reference/domain.md 3.7 check 8, 8.12; 42 CFR 2.31(a)(4)(ii), 2.33(b).',
    'Source: infra/reference/events.md 5.1. The rest is text.',
    'Source: https://hl7.org/fhir/R4/. */',
  ])('are taken: %s', (text) => {
    expect(faultsOfSources({ path: 'x.ts', text }, reference)).toEqual([]);
  });
});

describe('the reference', () => {
  it('links to known hosts by https only', () => {
    expect(chapters.flatMap(faultsOfLinks)).toEqual([]);
    expect(
      faultsOfLinks({ path: 'x.md', text: '[a](http://hl7.org) [b](https://example.org/c(1)) https://' }),
    ).toHaveLength(3);
  });

  it('links to files that exist', () => {
    const missing = chapters.flatMap(({ path, text }) =>
      [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
        .map(([, target = '']) => resolve(import.meta.dirname, '../..', dirname(path), target))
        .filter((target) => !existsSync(target)),
    );
    expect(missing).toEqual([]);
  });
});
