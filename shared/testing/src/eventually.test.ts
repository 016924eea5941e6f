import { eventually } from './eventually.ts';

describe('eventually', () => {
  it('returns the first answer that is not a failure', async () => {
    let calls = 0;
    const answer = await eventually(() => {
      calls += 1;
      if (calls < 3) throw new Error('not yet');
      return 'there';
    });
    expect(answer).toBe('there');
    expect(calls).toBe(3);
  });

  it('throws the last error when time is up', async () => {
    const never = () => expect(1).toBe(2);
    await expect(eventually(never, { timeoutMs: 60, everyMs: 10 })).rejects.toThrow('toBe');
  });

  it('waits while the answer is false', async () => {
    const answers = [false, false, true];
    await expect(eventually(() => answers.shift())).resolves.toBe(true);
  });
});
