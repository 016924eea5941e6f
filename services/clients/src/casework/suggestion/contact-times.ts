import type { WorkingHours } from '../../workforce/case-manager/staff-profile.ts';

/** Times of a week that people name. Hours are those in which a member of staff must be at work for half an hour at least. */
const times: readonly { said: RegExp; days: readonly WorkingHours['day'][]; from: string; to: string }[] = [
  { said: /\b(mornings?|mañanas?|before noon)\b/, days: [], from: '07:00', to: '12:00' },
  { said: /\b(afternoons?|tardes?|after lunch)\b/, days: [], from: '12:00', to: '17:00' },
  { said: /\b(evenings?|noches?|after work|nights?)\b/, days: [], from: '17:00', to: '22:00' },
  { said: /\b(weekends?|fines? de semana)\b/, days: ['SAT', 'SUN'], from: '00:00', to: '23:59' },
  { said: /\b(mondays?|lunes)\b/, days: ['MON'], from: '00:00', to: '23:59' },
  { said: /\b(tuesdays?|martes)\b/, days: ['TUE'], from: '00:00', to: '23:59' },
  { said: /\b(wednesdays?|miércoles)\b/, days: ['WED'], from: '00:00', to: '23:59' },
  { said: /\b(thursdays?|jueves)\b/, days: ['THU'], from: '00:00', to: '23:59' },
  { said: /\b(fridays?|viernes)\b/, days: ['FRI'], from: '00:00', to: '23:59' },
  { said: /\b(saturdays?|sábados?)\b/, days: ['SAT'], from: '00:00', to: '23:59' },
  { said: /\b(sundays?|domingos?)\b/, days: ['SUN'], from: '00:00', to: '23:59' },
];

/**
 * Whether somebody works at one of the times that a person named, in words such as "evenings" or "on Saturdays", in
 * English or Spanish. Null: no such word was read, or the hours of the member of staff are not recorded.
 */
export function worksAt(wish: string | null, hours: readonly WorkingHours[]): boolean | null {
  const words = wish?.toLowerCase() ?? '';
  const named = times.filter(({ said }) => said.test(words));
  if (named.length === 0 || hours.length === 0) return null;
  return named.some(({ days, from, to }) =>
    hours.some(
      (one) =>
        (days.length === 0 || days.includes(one.day)) &&
        minutesOf(one.to < to ? one.to : to) - minutesOf(one.from > from ? one.from : from) >= leastMinutes,
    ),
  );
}

const leastMinutes = 30;

function minutesOf(time: string): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return hour * 60 + minute;
}
