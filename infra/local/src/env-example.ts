import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '..', '..', '..', '.env.example');

export interface DocumentedSetting {
  name: string;
  value: string;
  /** Written with a # before it: its default holds when the file is copied. */
  isComment: boolean;
}

/** For tests: the settings that .env.example documents, in their order. */
export function example(): DocumentedSetting[] {
  const lines = readFileSync(file, 'utf8').matchAll(/^(#?)([A-Z][A-Z_0-9]+)=(.*)$/gm);
  return [...lines].map(([, mark, name = '', value = '']) => ({ name, value, isComment: mark === '#' }));
}

/** For tests: what a copy of the file sets. */
export function givenByExample(): Record<string, string> {
  const set = example().filter(({ isComment }) => !isComment);
  return Object.fromEntries(set.map(({ name, value }) => [name, value]));
}

/** For tests: the names that the file says `npm start` decides itself. */
export function decidedByExample(): string[] {
  const text = readFileSync(file, 'utf8').replaceAll(/\n# ?/g, ' ');
  const [, names = ''] =
    /decides these itself, because it starts what they lead to: ([A-Z_ ]+)\./.exec(text) ?? [];
  return names.split(' ');
}
