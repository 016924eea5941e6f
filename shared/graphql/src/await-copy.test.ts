import { randomUUID } from 'node:crypto';
import { uuidV7 } from '@throughline/events';
import { awaitCopy, madeAt } from './await-copy.ts';

const now = new Date('2026-11-27T12:00:00.123Z');
const minuteAgo = new Date(now.getTime() - 60_000);

function copyThatComesAfter(looks: number) {
  let looked = 0;
  return {
    looks: () => looked,
    look: () => Promise.resolve(++looked > looks ? 'copy' : undefined),
  };
}

describe('the copy of what another service made', () => {
  it('is waited for while its id is young', async () => {
    const { look } = copyThatComesAfter(3);
    expect(await awaitCopy(uuidV7(now), now, look)).toBe('copy');
  });

  it.each([
    ['an old id', uuidV7(minuteAgo)],
    ['an id that says no time', randomUUID()],
  ])('is looked for once with %s', async (_what, id) => {
    const { look, looks } = copyThatComesAfter(3);
    expect(await awaitCopy(id, now, look)).toBeNull();
    expect(looks()).toBe(1);
  });

  it('is not waited for when it is somebody else’s', async () => {
    let looks = 0;
    const look = () => Promise.resolve((looks++, null));
    expect(await awaitCopy(uuidV7(now), now, look)).toBeNull();
    expect(looks).toBe(1);
  });

  it('knows when an id was made', () => {
    expect(madeAt(uuidV7(now))).toEqual(now);
    expect(madeAt(randomUUID())).toBeNull();
  });
});
