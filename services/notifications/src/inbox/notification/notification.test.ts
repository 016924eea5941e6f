import { mayRead, stateOf } from './notification.ts';

const now = new Date('2026-03-02T12:00:00Z');
const later = new Date('2026-03-02T13:00:00Z');
const fresh = { deliverAt: now, readAt: null, acknowledgedAt: null };

describe('the state of a notification', () => {
  it.each([
    ['DELIVERED', fresh],
    ['QUEUED', { ...fresh, deliverAt: later }],
    ['READ', { ...fresh, readAt: now }],
    ['READ', { ...fresh, deliverAt: later, readAt: now }],
    ['ACKNOWLEDGED', { ...fresh, acknowledgedAt: now }],
    ['ACKNOWLEDGED', { ...fresh, readAt: now, acknowledgedAt: now }],
  ])('is %s for %p', (state, notification) => {
    expect(stateOf(notification, now)).toBe(state);
  });
});

describe('a notification may be read', () => {
  const one = { recipientId: 'maria' };
  it.each([
    ['by its recipient', { id: 'maria', graph: 'STAFF' }, [], true],
    ['by a person who was told of the same alert', { id: 'sam', graph: 'STAFF' }, ['maria', 'sam'], true],
    ['not by a colleague', { id: 'otto', graph: 'STAFF' }, ['maria', 'sam'], false],
    ['not by a partner with the same id', { id: 'maria', graph: 'PARTNER' }, ['maria'], false],
    ['not by a service', { id: 'maria', graph: 'INTERNAL' }, ['maria'], false],
  ])('%s', (_case, viewer, told, allowed) => {
    expect(mayRead(viewer, one, told)).toBe(allowed);
  });
});
