/** Part of an error that may be stored: class, code and place. Its text may contain data of a client. */
export interface ErrorPlace {
  name: string;
  code?: string;
  /** Places where it was thrown, innermost first. */
  at: string[];
}

const upperCase = /^[A-Z\d_.-]{1,60}$/;
/** `TypeError [ERR_INVALID_ARG_TYPE]: `, or the class alone where there is no text. */
const usualHead = /^[\w$.]+(?: \[\w+\])?(?:: )?/;
const mostFrames = 6;

/** Reads an error without its text. No part of the text may be taken for a name, a code or a place. */
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

/** Name from the code: the `name` of an error is a text that anybody may have set. */
export function classOf(error: unknown): string {
  return error instanceof Error ? error.constructor.name : typeof error;
}

/**
 * The text is removed first, because a line of it may look like a frame. When it cannot be removed, there is no
 * place.
 */
function framesOf({ name, message, stack = '' }: Error): string[] {
  const heads = [`${name}: ${message}`, `${usualHead.exec(stack)?.[0] ?? ''}${message}`];
  const head = heads.find((one) => stack.startsWith(one));
  if (head === undefined) return [];
  const lines = stack.slice(head.length).split('\n').slice(1);
  const frames = lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
  return frames.slice(0, mostFrames);
}
