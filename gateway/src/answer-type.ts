import Negotiator from 'negotiator';

const charset = '; charset=utf-8';
const types = ['application/json', 'application/graphql-response+json'];

/** Callers send a handful of different headers, and each request has one. */
const known = new Map<string, string | null>();
const mostKnown = 200;

/** The content type that a caller takes for an answer, by its Accept header. Null: it takes neither of ours. */
export function answerType(accept: string | undefined): string | null {
  if (accept === undefined || accept === '*/*') return `application/json${charset}`;
  let found = known.get(accept);
  if (found === undefined) {
    const type = new Negotiator({ headers: { accept } }).mediaType(types);
    found = type === undefined ? null : type + charset;
    if (known.size < mostKnown) known.set(accept, found);
  }
  return found;
}
