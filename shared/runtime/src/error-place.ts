/** What may be kept of an error: class, code and place. Its text may quote a client's data. */
export interface ErrorPlace {
  name: string;
  code?: string;
  /** Where it was thrown, innermost first. */
  at: string[];
}

const upperCase = /^[A-Z\d_.-]{1,60}$/;
/** `TypeError [ERR_INVALID_ARG_TYPE]: `, or the class alone where there is no text. */
const usualHead = /^[\w$.]+(?: \[\w+\])?(?:: )?/;
const mostFrames = 6;

/** Reads an error without its text, of which nothing may pass for a name, a code or a place. */
export function placeOf(error: unknown): ErrorPlace {
  if (!(error instanceof Error)) return { name: classOf(error), at: [] };
  const code =
    'code' in error && typeof error.code === 'string' && upperCase.test(error.code) ? error.code : null;
  return {
    name: classOf(error),
    ...(code !== null && { code }),
    at: framesOf(error),
  };
}

/** As the code has it: an error's own `name` is a text like any other, which anybody may have set. */
export function classOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/** The text is taken out first: a line of it may look like a frame. Where it cannot be told apart, there is no place. */
function framesOf({ name, message, stack = '' }: Error): string[] {
  const heads = [`${name}: ${message}`, `${usualHead.exec(stack)?.[0] ?? ''}${message}`];
  const head = heads.find((one) => stack.startsWith(one));
  if (head === undefined) return [];
  const lines = stack.slice(head.length).split('\n').slice(1);
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return frames.slice(0, mostFrames);
}
