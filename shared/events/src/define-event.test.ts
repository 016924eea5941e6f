import fc from 'fast-check';
import { z } from 'zod';
import {
  cloudEventType,
  contextOf,
  defineEvent,
  defineNextVersion,
  defineRestrictedEvent,
  mayRead,
  topics,
  topicsOfEvent,
  uuidV7,
} from './define-event.ts';
import { code, id } from './fields.ts';

const moved = defineEvent(
  'referrals.v1',
  'Moved',
  'Key: thingId. It moved.',
  z.object({ thingId: id, to: code }),
);
const thingId = '0199aa10-2b3c-7d4e-9f50-6a7b8c9d0e1f';
const now = new Date('2026-11-23T18:02:11.123Z');
const moments = fc.date({ min: new Date(0), max: new Date(2 ** 48 - 1), noInvalidDate: true });

describe('a fact', () => {
  it('carries its topic, type, version, key and moment', () => {
    expect(moved.of(thingId, now, { thingId, to: 'HERE' })).toMatchObject({
      topic: 'referrals.v1',
      type: 'Moved',
      version: 1,
      key: thingId,
      occurredAt: now,
      data: { thingId, to: 'HERE' },
    });
  });

  it('is not made of data that break its contract', () => {
    expect(() => moved.of(thingId, now, { thingId, to: 'over there' })).toThrow(z.ZodError);
  });

  it('has a second version next to the first', () => {
    const next = defineNextVersion(moved, 'Key: thingId. It moved.', z.object({ thingId: id }));
    expect(cloudEventType(moved)).toBe('org.throughline.referrals.Moved.v1');
    expect(cloudEventType(next)).toBe('org.throughline.referrals.Moved.v2');
    expect(next.of(thingId, now, { thingId }).version).toBe(2);
  });

  it('names its context by the first word of the topic', () => {
    const services = ['clients', 'treatment', 'referrals', 'notifications'];
    expect(topics.map(contextOf)).toEqual([...services, ...services]);
  });
});

describe('a restricted fact', () => {
  const restriction = { topic: 'referrals.restricted.v1', readers: ['notifications'] } as const;
  const hidden = defineRestrictedEvent(
    { ...restriction, formerly: 'referrals.v1' },
    'Hidden',
    'Key: thingId. It was hidden.',
    z.object({ thingId: id }),
  );

  it('goes to the restricted topic of its service, under a type that does not change', () => {
    expect(hidden.of(thingId, now, { thingId }).topic).toBe('referrals.restricted.v1');
    expect(cloudEventType(hidden)).toBe('org.throughline.referrals.Hidden.v1');
  });

  it('is read by the programs that it names, and by no other', () => {
    expect(mayRead('notifications', hidden)).toBe(true);
    expect(mayRead('referrals', hidden)).toBe(false);
    expect(mayRead('referrals', moved)).toBe(true);
  });

  it('is also looked for where it was sent before', () => {
    expect(topicsOfEvent(hidden)).toEqual(['referrals.restricted.v1', 'referrals.v1']);
    expect(topicsOfEvent(moved)).toEqual(['referrals.v1']);
  });

  it('stays restricted in its next version', () => {
    const next = defineNextVersion(
      hidden,
      'Key: thingId. It was hidden.',
      z.object({ thingId: id, to: code }),
    );
    expect(next).toMatchObject({ topic: 'referrals.restricted.v1', version: 2 });
    expect(mayRead('referrals', next)).toBe(false);
  });
});

describe('uuidV7', () => {
  it('has version 7 and the variant of RFC 9562, and holds the moment', () => {
    fc.assert(
      fc.property(moments, (moment) => {
        const uuid = uuidV7(moment);
        expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        expect(parseInt(uuid.replaceAll('-', '').slice(0, 12), 16)).toBe(moment.getTime());
      }),
    );
  });

  it('sorts as text in the order of time', () => {
    fc.assert(
      fc.property(moments, moments, (one, other) => {
        fc.pre(one.getTime() !== other.getTime());
        expect(uuidV7(one) < uuidV7(other)).toBe(one < other);
      }),
    );
  });

  it('is unique within one millisecond', () => {
    expect(new Set(Array.from({ length: 10_000 }, () => uuidV7(now))).size).toBe(10_000);
  });
});
