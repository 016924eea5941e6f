import { createLogger } from '@throughline/runtime';
import { GraphQLError } from 'graphql';
import { maskErrors, unauthenticated } from './errors.ts';

const lines: string[] = [];
const mask = maskErrors(
  createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } }),
);

describe('maskErrors', () => {
  it('hides the text of a bug, in the answer and in the log', () => {
    const bug = new GraphQLError('x', { originalError: new Error('column "Ada Quill" does not exist') });
    const masked = mask(
      { message: bug.message, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x'] } },
      bug,
    );
    expect(JSON.stringify(masked)).not.toMatch(/Quill|stacktrace/);
    expect(masked.message).toBe('Something went wrong on our side.');
    expect(lines.join('')).not.toContain('Quill');
  });

  it('lets through what the caller can act on', () => {
    const error = unauthenticated();
    expect(mask({ message: error.message, extensions: error.extensions }, error)).toEqual({
      message: error.message,
      extensions: { code: 'UNAUTHENTICATED' },
    });
  });
});
