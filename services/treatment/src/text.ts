import type { InputIssue } from '@throughline/graphql';

const most = 2000;

/** One issue a text that is too long or that the database cannot hold; `fields` maps paths to texts. */
export function textIssues(fields: Record<string, string | null | undefined>): InputIssue[] {
  return Object.entries(fields).flatMap(([path, text]): InputIssue[] => {
    if (!text) return [];
    if (text.length > most) return [{ path, code: 'TOO_LONG', message: `At most ${most} characters.` }];
    if (text.includes('\u0000') || !text.isWellFormed())
      return [{ path, code: 'NOT_TEXT', message: 'It contains characters that are not text.' }];
    return [];
  });
}
