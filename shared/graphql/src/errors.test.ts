import { GraphQLError } from 'graphql';
import { isOurFault, maskError, unauthenticated } from './errors.ts';

describe('maskError', () => {
  it('hides the text of a bug', () => {
    const bug = new GraphQLError('x', { originalError: new Error('column "Ada Quill" does not exist') });
    const masked = maskError(
      { message: bug.message, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['at x'] } },
      bug,
    );
    expect(JSON.stringify(masked)).not.toMatch(/Quill|stacktrace/);
    expect(masked.message).toBe('Something went wrong on our side.');
    expect(isOurFault(bug)).toBe(true);
  });

  it('lets through what the caller can act on', () => {
    const error = unauthenticated();
    expect(maskError({ message: error.message, extensions: error.extensions }, error)).toEqual({
      message: error.message,
      extensions: { code: 'UNAUTHENTICATED' },
    });
    expect(isOurFault(error)).toBe(false);
  });
});
