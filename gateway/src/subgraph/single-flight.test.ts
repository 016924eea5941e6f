import type { RequestListener } from 'node:http';
import { eventually } from '@throughline/testing';
import { ask, answerWith, closeAll, maria, sourceOf } from './a-service.ts';
import { Gone } from './gone.ts';

const ines = { ...maria, viewer: { ...maria.viewer, id: 'ines' } };

/** A service that answers waiting calls when the test says so. */
function heldBack() {
  const held: { answer(): void; gone(): boolean }[] = [];
  let calls = 0;
  const listener: RequestListener = (_request, response) => {
    calls += 1;
    const number = calls;
    held.push({
      answer: () => answerWith(response, { data: { me: { id: String(number) } } }),
      gone: () => response.socket?.destroyed ?? true,
    });
  };
  return {
    listener,
    held,
    arrive: (count: number) => eventually(() => expect(held).toHaveLength(count)),
    answer: () => held.splice(0).forEach((one) => one.answer()),
  };
}

afterEach(closeAll);

describe('equal queries at the same time', () => {
  it.each<[string, number, Parameters<typeof ask>[1][]]>([
    ['of one person are asked once', 1, [{}, {}]],
    ['of two people are asked twice', 2, [{}, { context: ines }]],
    [
      'with other roles are asked twice',
      2,
      [{}, { context: { ...maria, viewer: { ...maria.viewer, roles: [] } } }],
    ],
    ['with other variables are asked twice', 2, [{}, { variables: { first: 1 } }]],
    ['of which one must be new are asked twice', 2, [{}, { context: { ...maria, fresh: true } }]],
    [
      'are asked twice when they are mutations',
      2,
      [{ query: 'mutation { me { id } }' }, { query: 'mutation { me { id } }' }],
    ],
  ])('%s', async (_case, count, [first, second]) => {
    const service = heldBack();
    const source = await sourceOf(service.listener);
    const answers = [ask(source, first), ask(source, second)];
    await service.arrive(count);
    service.answer();
    const [one, other] = await Promise.all(answers);
    const numbers = [one, other].map((answer) => (answer?.data as { me: { id: string } }).me.id);
    expect(new Set(numbers).size).toBe(count);
    expect(other?.data).not.toBe(one?.data);
  });

  it('are asked twice when it is switched off', async () => {
    const service = heldBack();
    const source = await sourceOf(service.listener, { singleFlight: false });
    const answers = [ask(source), ask(source)];
    await service.arrive(2);
    service.answer();
    await Promise.all(answers);
  });

  it('are asked again after a write, so that everybody reads what they wrote', async () => {
    const service = heldBack();
    const source = await sourceOf(service.listener);
    const before = ask(source);
    await service.arrive(1);
    const written = ask(source, { query: 'mutation { me { id } }' });
    await service.arrive(2);
    service.held.splice(1).forEach((one) => one.answer());
    await written;
    const after = ask(source);
    await service.arrive(2);
    service.answer();
    await expect(after).resolves.toEqual({ data: { me: { id: '3' } } });
    await expect(before).resolves.toEqual({ data: { me: { id: '1' } } });
  });
});

describe('a caller that goes', () => {
  it('ends the call to the service', async () => {
    const service = heldBack();
    const source = await sourceOf(service.listener);
    const leaving = new Gone();
    const answer = ask(source, { context: { ...maria, gone: leaving } });
    await service.arrive(1);
    leaving.tell();
    await expect(answer).rejects.toThrow('gone');
    await eventually(() => expect(service.held[0]?.gone()).toBe(true));
    expect(source.state).toBe('closed');
  });

  it('ends it only when nobody else waits', async () => {
    const service = heldBack();
    const source = await sourceOf(service.listener);
    const leaving = new Gone();
    const left = ask(source, { context: { ...maria, gone: leaving } });
    const stays = ask(source, { context: { ...maria, gone: new Gone() } });
    await service.arrive(1);
    leaving.tell();
    await expect(left).rejects.toThrow('gone');
    service.answer();
    await expect(stays).resolves.toEqual({ data: { me: { id: '1' } } });
  });

  it('ends no mutation: it has begun', async () => {
    const service = heldBack();
    const source = await sourceOf(service.listener);
    const leaving = new Gone();
    const answer = ask(source, {
      query: 'mutation { me { id } }',
      context: { ...maria, gone: leaving },
    });
    await service.arrive(1);
    leaving.tell();
    service.answer();
    await expect(answer).resolves.toEqual({ data: { me: { id: '1' } } });
  });
});
