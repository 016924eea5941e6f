import fc from 'fast-check';
import { placeOf, STORM_FROM, type Line } from '../../duty/telling/collapse.ts';
import { digestDay, nextLook } from './digest.ts';

const at = (text: string) => new Date(text);

describe('a digest', () => {
  it.each([
    ['America/New_York', '2026-11-30T13:29:59Z', null],
    ['America/New_York', '2026-11-30T13:30:00Z', '2026-11-30'],
    ['America/New_York', '2026-11-30T15:29:59Z', '2026-11-30'],
    ['America/New_York', '2026-11-30T15:30:00Z', null],
    ['America/New_York', '2026-11-01T13:30:00Z', '2026-11-01'],
    ['America/New_York', '2026-10-31T12:30:00Z', '2026-10-31'],
    ['Pacific/Auckland', '2026-11-29T19:30:00Z', '2026-11-30'],
    ['Asia/Kathmandu', '2026-11-30T02:45:00Z', '2026-11-30'],
  ])('in %s at %s is of %s', (zone, now, day) => {
    expect(digestDay(zone, at(now))).toBe(day);
  });

  it('is looked for at each quarter of an hour', () => {
    expect(nextLook(at('2026-11-30T13:29:59.999Z'))).toEqual(at('2026-11-30T13:30:00Z'));
    expect(nextLook(at('2026-11-30T13:30:00Z'))).toEqual(at('2026-11-30T13:45:00Z'));
  });
});

describe('news about one client', () => {
  it('becomes a line that counts: a storm adds at most one line to those of before', () => {
    const about = fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(about, (subjects) => {
        const lines: (Line & { times: number })[] = [];
        for (const subject of subjects) {
          const news = { subjectId: `s${String(subject)}`, clientId: 'c' };
          const place = placeOf(news, lines);
          if (typeof place === 'object') lines.find(({ id }) => id === place.countOn)!.times += 1;
          else {
            const subjectId = place === 'NEW_LINE' ? news.subjectId : news.clientId;
            lines.push({ id: String(lines.length), subjectId, times: 1 });
          }
        }
        expect(lines.length).toBeLessThanOrEqual(STORM_FROM + 1);
        expect(lines.reduce((sum, { times }) => sum + times, 0)).toBe(subjects.length);
      }),
    );
  });

  it('about no client counts on the line of its own subject only', () => {
    const lines = Array.from({ length: 9 }, (_one, index) => ({
      id: String(index),
      subjectId: `s${String(index)}`,
    }));
    expect(placeOf({ subjectId: 's3', clientId: null }, lines)).toEqual({ countOn: '3' });
    expect(placeOf({ subjectId: 'new', clientId: null }, lines)).toBe('NEW_LINE');
  });
});
