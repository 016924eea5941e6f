import { businessMinutes } from './business-time.ts';

it.each([
  ['from Friday evening to Monday morning', '2026-01-09T22:00:00Z', '2026-01-12T15:00:00Z', 17 * 60],
  ['over a weekend only', '2026-01-10T15:00:00Z', '2026-01-11T15:00:00Z', 0],
  ['over the holiday of Martin Luther King', '2026-01-17T15:00:00Z', '2026-01-20T15:00:00Z', 10 * 60],
  ['within a Tuesday', '2026-01-06T15:00:00Z', '2026-01-06T15:30:00Z', 30],
  ['over the Monday after the clocks change', '2026-03-08T20:00:00Z', '2026-03-10T04:00:00Z', 24 * 60],
])('the time %s counts on business days', (_what, from, to, minutes) => {
  expect(businessMinutes(new Date(from), new Date(to), 'America/New_York')).toBe(minutes);
});
