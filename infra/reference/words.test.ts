import { faultsOfDescriptions, faultsOfWords } from './words.ts';
import { writtenFiles } from './written-files.ts';

const texts = writtenFiles('ts', 'mjs', 'cjs', 'graphql', 'md', 'yml', 'yaml', 'html');
const at = (text: string) => faultsOfWords({ path: 'x.ts', text });

describe('comments, messages, descriptions and guides', () => {
  it('use words that every reader knows', () => {
    expect(texts.flatMap(faultsOfWords)).toEqual([]);
  });

  it.each([
    '// Whoever lost the client.',
    '"""What came of it."""',
    '/** What became of a need. */',
    "fail('mend it, and start again');",
    'the rows beside it',
    'for an addict',
    'the roles that would do',
  ])('would be refused with: %s', (text) => {
    expect(at(text)).toHaveLength(1);
  });

  it('may use words that only look alike', () => {
    expect(at('recommended, amendOutcome, the income of a household, enthusiast')).toEqual([]);
  });
});

describe('descriptions in the SDL', () => {
  it('are on one line each', () => {
    expect(texts.filter(({ path }) => path.endsWith('.graphql')).flatMap(faultsOfDescriptions)).toEqual([]);
  });

  it('would be refused on three', () => {
    expect(faultsOfDescriptions({ path: 'x.graphql', text: '"""\nA need.\n"""\ntype Need' })).toHaveLength(2);
    expect(faultsOfDescriptions({ path: 'x.graphql', text: '"""A need."""\ntype Need' })).toEqual([]);
  });
});
