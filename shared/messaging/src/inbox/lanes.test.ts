import fc from 'fast-check';
import { deliverInLanes } from './lanes.ts';
import type { Message } from '../transport.ts';

const keys = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
const messagesOf = (list: string[]): Message[] =>
  list.map((key, index) => ({ topic: 'clients.v1', key, id: String(index) }) as unknown as Message);

describe('deliverInLanes', () => {
  it('delivers all, in order per key, and reports them in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        keys,
        fc.integer({ min: 1, max: 5 }),
        fc.scheduler(),
        async (list, width, scheduler) => {
          const delivered: number[] = [];
          const done: number[] = [];
          const deliver = scheduler.scheduleFunction(({ id }: Message) =>
            Promise.resolve(void delivered.push(Number(id))),
          );
          const all = deliverInLanes(messagesOf(list), {
            width,
            deliver,
            done: (index) => void done.push(index),
          });
          await scheduler.waitFor(all);

          expect(done).toEqual(list.map((_, index) => index));
          for (const key of new Set(list)) {
            const own = delivered.filter((index) => list[index] === key);
            expect(own).toEqual([...own].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it('never reports a message behind one that failed', async () => {
    await fc.assert(
      fc.asyncProperty(keys, fc.nat(29), async (list, bad) => {
        fc.pre(bad < list.length);
        const done: number[] = [];
        const deliver = ({ id }: Message): Promise<void> =>
          id === String(bad) ? Promise.reject(new Error('bad')) : Promise.resolve();
        const all = deliverInLanes(messagesOf(list), {
          width: 3,
          deliver,
          done: (index) => void done.push(index),
        });
        await expect(all).rejects.toThrow('bad');
        expect(done.every((index) => index < bad)).toBe(true);
      }),
    );
  });

  it('delivers many at once of the keys that fit together, and none of the others', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 300, size: 'max' }),
        async (list) => {
          const fits = ({ key }: Message): boolean => key < 'c';
          const alone: Message[] = [];
          const shared: (readonly Message[])[] = [];
          const done: number[] = [];
          await deliverInLanes(messagesOf(list), {
            width: 3,
            deliver: (message) => Promise.resolve(void alone.push(message)),
            together: { fits, deliver: (messages) => Promise.resolve(void shared.push(messages)) },
            done: (index) => void done.push(index),
          });

          const inOrder = messagesOf(list);
          const delivered = [...shared.flat(), ...alone];
          expect(delivered).toHaveLength(list.length);
          for (const wanted of new Set(list))
            expect(delivered.filter(({ key }) => key === wanted)).toEqual(
              inOrder.filter(({ key }) => key === wanted),
            );
          expect(shared.flat().every(fits)).toBe(true);
          expect(Math.max(0, ...shared.map(({ length }) => length))).toBeLessThanOrEqual(50);
          expect(done).toEqual(list.map((_, index) => index));
        },
      ),
    );
  });
});
