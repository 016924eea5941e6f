import type { WrittenFile } from './written-files.ts';

/** Words that readers of English as a second language look up, and words that hurt. Each has a plain replacement. */
const replacements: readonly (readonly [RegExp, string])[] = [
  [/\bwho(?:m|so)?ever\b/i, 'name the person: "a viewer who …", "the member of staff who …"'],
  [/\bmend(?:s|ed|ing)?\b/i, 'correct, repair'],
  [/\bbesides?\b/i, 'next to, in addition to, together with'],
  [/\b(?:c[ao]mes?|becomes?|became|become) of\b/i, 'result, outcome, status'],
  [
    /\b(?:anew|afresh|lest|hence|thus|midst|amidst|nought|thereof|therein)\b/i,
    'again, so that, so, in, nothing',
  ],
  [/\bthat would do\b/i, 'that are permitted, that are enough'],
  [/\b(?:abusers?|addicts?|drunkards?)\b/i, 'person with a substance use disorder'],
];

/** Texts that must hold these words: the rule itself, and migrations that are merged. */
const exempt =
  /^infra\/reference\/(?:words|domain[.]md)|\/migrations\/00(?:0\d|10)-|(?:catalogue\/text[.]test|template\/forbidden-words)[.]ts$/;

export function faultsOfWords({ path, text }: WrittenFile): string[] {
  if (exempt.test(path)) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      replacements
        .filter(([word]) => word.test(line))
        .map(
          ([word, better]) => `${path}:${String(index + 1)} "${word.exec(line)?.[0] ?? ''}": write ${better}`,
        ),
    );
}

/** A description in the SDL that goes over several lines is a diff of several lines, and hides the field below it. */
export function faultsOfDescriptions({ path, text }: WrittenFile): string[] {
  return text
    .split('\n')
    .map((line, index) => ({ place: `${path}:${String(index + 1)}`, marks: line.split('"""').length - 1 }))
    .filter(({ marks }) => marks % 2 === 1)
    .map(({ place }) => `${place} begins or ends a description: write it on one line`);
}
