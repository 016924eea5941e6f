import { dayOf, reachedAt, toldOf, type History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';

const minute = 60_000;
const dayMs = 86_400_000;

/** From the first call of a person to the first conversation with staff. Source: infra/reference/domain.md 5.2. */
export function firstContactCases(history: History): Counted[] {
  const reached = reachedAt(history);
  return toldOf(history, 'InquiryConverted').flatMap(({ toldAt: at, subjectId }) => {
    if (!at || !subjectId) return [];
    const first = reached.find((one) => one >= at);
    const row = { key: subjectId, subjectType: 'Inquiry', subjectId, at } as const;
    return counted({
      ...{ ...row, measure: 'FIRST_CONTACT', startsOn: dayOf(history, at), met: first !== undefined },
      value: first ? (first.getTime() - at.getTime()) / minute : null,
    });
  });
}

/** Days between the two dates that states ask for. Source: infra/reference/domain.md 4.6, 5.2. */
export function firstAppointmentCases({ episodes }: History): Counted[] {
  return episodes.flatMap((episode) => {
    const { id, startedAt: at, dateOfFirstContact: startsOn, dateFirstAppointmentOffered: offered } = episode;
    if (!startsOn) return [];
    const row = { key: id, subjectType: 'Episode', subjectId: id, at, startsOn } as const;
    const value = offered ? (Date.parse(offered) - Date.parse(startsOn)) / dayMs : null;
    return counted({ ...row, measure: 'FIRST_APPOINTMENT', met: offered !== null, value });
  });
}
