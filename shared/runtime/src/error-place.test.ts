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

  it('takes no sentence for a class or a code', () => {
    const error = Object.assign(new Error('x'), { name: 'Ada Quill', code: 'of Ada Quill' });
    expect(JSON.stringify(placeOf(error))).not.toContain('Quill');
  });

  it('is that of a type for what is no error', () => {
    expect(placeOf('Ada Quill')).toEqual({ name: 'string', at: [] });
  });
});
