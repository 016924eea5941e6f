import {
  caseManagerAssigned,
  notificationAdded,
  referralFacts,
  uuidV7,
  type Fact,
} from '@throughline/events';
import { localTransport } from '@throughline/messaging';
import { silentLogger } from '@throughline/runtime';
import { LiveHub } from './live-hub.ts';
import type { Listener } from './listener.ts';
import { signalOf, type Signal } from './signal.ts';

const now = new Date('2036-03-03T15:00:00Z');
const id = () => uuidV7(now);

function added(recipientId = id()): Fact {
  const about = { notificationId: id(), recipientId, clientId: null };
  return notificationAdded.of(recipientId, now, about);
}

function hubOf(kept?: number): LiveHub {
  return new LiveHub({
    transport: localTransport(),
    instance: 'test',
    logger: silentLogger,
    ...(kept && { kept }),
  });
}

async function take(listener: Listener | null, count: number): Promise<Signal[]> {
  if (!listener) throw new Error('nothing to listen to');
  const taken: Signal[] = [];
  for await (const signal of listener) {
    taken.push(signal);
    if (taken.length === count) break;
  }
  return taken;
}

describe('a signal', () => {
  it('holds ids and nothing else of the fact', () => {
    const step = referralFacts.accepted.of(id(), now, {
      ...{ referralId: id(), clientId: id(), caseManagerId: id(), dueAt: null },
    });
    const { referralId, clientId } = step.data as unknown as Record<string, string>;
    expect(signalOf(step)).toEqual({ id: step.id, referralId, clientId });
  });

  it('of an assignment says whose caseload changes', () => {
    const [to, clientId] = [id(), id()];
    const fact = caseManagerAssigned.of(clientId, now, {
      ...{ clientId, caseId: id(), caseManagerId: to, supervisorId: null },
    });
    expect(signalOf(fact)).toEqual({ id: fact.id, clientId, assignment: { to } });
  });

  it('is not made of what nobody can listen to', () => {
    expect(signalOf({ id: id(), topic: 'referrals.v1', type: 'X', data: { agencyId: id() } })).toBeNull();
    expect(signalOf({ id: id(), topic: 'referrals.v1', type: 'X', data: 'text' })).toBeNull();
    expect(signalOf({ ...added(), type: 'NotificationAcknowledged' })).toBeNull();
  });
});

describe('the hub', () => {
  it('tells each listener what comes, in order, and a fact that comes twice once', async () => {
    const hub = hubOf();
    const facts = [added(), added(), added()];
    const [one, two] = [hub.listen(), hub.listen()];
    for (const fact of [facts[0], facts[0], facts[1], facts[0], facts[2]]) if (fact) hub.hear(fact);
    const expected = facts.map((fact) => fact.id);
    expect((await take(one, 3)).map((signal) => signal.id)).toEqual(expected);
    expect((await take(two, 3)).map((signal) => signal.id)).toEqual(expected);
  });

  it('tells who comes back what was missed, without a gap and without a repetition', async () => {
    const hub = hubOf();
    const facts = Array.from({ length: 4 }, () => added());
    const last = added();
    for (const fact of facts) hub.hear(fact);
    const back = hub.listen(facts[1]?.id);
    hub.hear(last);
    expect((await take(back, 3)).map((signal) => signal.id)).toEqual(
      [...facts.slice(2), last].map((fact) => fact.id),
    );
  });

  it('says that it cannot when the event is unknown or no longer kept', () => {
    const hub = hubOf(2);
    const facts = [added(), added(), added()];
    for (const fact of facts) hub.hear(fact);
    expect(hub.listen(id())).toBeNull();
    expect(hub.listen(facts[0]?.id)).toBeNull();
    expect(hub.listen(facts[1]?.id)).not.toBeNull();
  });

  it('ends a listener that does not read, and keeps the others', async () => {
    const hub = hubOf();
    const lazy = hub.listen();
    for (let count = 0; count <= 10_000; count += 1) hub.hear(added());
    expect(lazy?.ending).toBe('OVERFLOW');
    const other = hub.listen();
    hub.hear(added());
    await expect(take(other, 1)).resolves.toHaveLength(1);
  });

  it('ends every listener when it closes, also one that waits', async () => {
    const hub = hubOf();
    await hub.start();
    const waiting = hub.listen();
    const taken = take(waiting, 1);
    await hub.close();
    await expect(taken).resolves.toEqual([]);
    expect(waiting?.ending).toBe('CLOSING');
  });
});
