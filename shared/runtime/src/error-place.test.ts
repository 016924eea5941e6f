import { placeOf } from './error-place.ts';

describe('the place of an error', () => {
  it('has its class, its code and where it was thrown', () => {
    const { name, code, at } = placeOf(Object.assign(new TypeError('x'), { code: '23505' }));
    expect([name, code]).toEqual(['TypeError', '23505']);
    expect(at[0]).toContain('error-place.test.ts');
  });

  it.each([
    'duplicate key (name)=(Ada Quill)',
    'invalid text: "x\n    at Ada Quill (/srv/Quill.ts:1:1)"',
    'x\n    at Quill\n    at Quill',
  ])('has nothing of the text %j', (text) => {
    expect(JSON.stringify(placeOf(new Error(text)))).not.toContain('Quill');
  });

  it('has no frames when the text was changed, and may be among them', () => {
    const error = new Error('x\n    at Quill (/srv/a.ts:1:1)');
    expect(error.stack).toContain('Quill');
    error.message = 'another';
    expect(placeOf(error).at).toEqual([]);
  });

  it('takes no word of others for a class or a code', () => {
    const error = Object.assign(new Error('x'), { name: 'Quill', code: 'ofAdaQuill' });
    expect(JSON.stringify(placeOf(error))).not.toContain('Quill');
  });

  it('has no frames of a name that looks like some', () => {
    const error = Object.assign(new Error('x'), { name: 'x\n    at Quill (/srv/a.ts:1:1)' });
    expect(JSON.stringify(placeOf(error))).not.toContain('Quill');
  });

  it.each([new Error(), new RangeError('x'), Object.assign(new Error('x'), { name: 'Other' })])(
    'has frames: %p',
    (error) => {
      expect(placeOf(error).at[0]).toContain('error-place.test.ts');
    },
  );

  it('has frames of errors of the runtime and of classes with names of their own', () => {
    class Own extends Error {
      override name = 'Named';
    }
    const thrown = [
      () => JSON.parse('{"a": Quill') as unknown,
      () => (null as unknown as Error).message,
      () => {
        throw new Own('x');
      },
    ].map((work) => {
      try {
        return work();
      } catch (error) {
        return placeOf(error).at.length > 0;
      }
    });
    expect(thrown).toEqual([true, true, true]);
  });

  it('is that of a type for what is no error', () => {
    expect(placeOf('Ada Quill')).toEqual({ name: 'string', at: [] });
  });
});
