/** What may be kept of an error: class, code and place. Its text may quote a client's data. */
export interface ErrorPlace {
  name: string;
  code?: string;
  /** Where it was thrown, innermost first. */
  at: string[];
}

const word = /^[\w.$-]{1,60}$/;
const mostFrames = 6;

/** Reads an error without its text, of which nothing may pass for a name, a code or a place. */
export function placeOf(error: unknown): ErrorPlace {
  if (!(error instanceof Error)) return { name: typeof error, at: [] };
  const code = 'code' in error && typeof error.code === 'string' && word.test(error.code) ? error.code : null;
  return {
    name: word.test(error.name) ? error.name : 'Error',
    ...(code !== null && { code }),
    at: framesOf(error),
  };
}

/** The text is taken out first: a line of it may look like a frame. Where it cannot be found, there is no telling. */
function framesOf({ message, stack = '' }: Error): string[] {
  const begin = stack.indexOf(message);
  if (begin === -1) return [];
  const lines = stack
    .slice(begin + message.length)
    .split('\n')
    .slice(1);
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return frames.slice(0, mostFrames);
}
