/** Control characters, halves of characters, and marks that reverse the order in which a reader sees a text. */
const unreadable = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const visible = /[\p{L}\p{N}\p{S}]/u;
const characters = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** From this length on a text may have several lines. */
const severalLinesFrom = 1_000;
/** One character, as people count them, can have many code units: an emoji of a family has eleven. */
const mostUnitsPerCharacter = 20;

/** Whether there is something to read: spaces and invisible characters alone are no name and no reason. */
export function isBlank(text: string): boolean {
  return !visible.test(text);
}

/** Whether a text can be stored and read; line ends and tabs are fine where several lines are. */
export function isReadable(text: string, most: number): boolean {
  return !unreadable.test(most >= severalLinesFrom ? text.replaceAll(/[\r\n\t]/g, ' ') : text);
}

/** Whether a text has more than `most` characters as people count them. */
export function isLongerThan(text: string, most: number): boolean {
  if (text.length <= most) return false;
  if (text.length > most * mostUnitsPerCharacter) return true;
  return [...characters.segment(text)].length > most;
}
