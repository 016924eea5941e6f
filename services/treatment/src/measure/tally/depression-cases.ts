import { addDays, type Day } from '@throughline/privacy';
import { oldestOn, dayOf, toldOf, type History } from '../history/history.ts';
import { counted, type Counted } from './measure-case.ts';
import { standing } from './result-cases.ts';

const tools = ['PHQ-2', 'PHQ-9', 'PHQ-A', 'GDS-15', 'EPDS'];
const SCREENED_BEFORE_DAYS = 14;
const FOLLOW_UP_DAYS = 2;
const YOUNGEST = 12;
/** F31: bipolar disorder. */
const bipolar = /^F31(\.|$)/;

/**
 * Visits at which a client was screened for depression: negative, or positive with help within 2 days. The last result of
 * the 14 days before counts. A client with a history of bipolar disorder does not count. Source: infra/reference/domain.md
 * 5.1 (CMS2).
 */
export function depressionCases(history: History): Counted[] {
  const screened = standing(history, tools).filter(({ positive }) => positive !== null);
  const helped = helpDays(history);
  return history.visits.flatMap(({ id, setting, at }) => {
    const startsOn = dayOf(history, at);
    const oldest = oldestOn(history, startsOn);
    if (setting === 'EMERGENCY_DEPT' || (oldest !== null && oldest < YOUNGEST)) return [];
    const last = addDays(startsOn, FOLLOW_UP_DAYS);
    const result = screened.findLast(
      ({ administeredOn: on }) => on <= startsOn && on >= addDays(startsOn, -SCREENED_BEFORE_DAYS),
    );
    const isHelped = helped.some((day) => result && day >= result.administeredOn && day <= last);
    return counted({
      ...{ measure: 'DEPRESSION_SCREENING', key: id, subjectType: 'Visit', subjectId: id, at, startsOn },
      ...{ met: result ? !result.positive || isHelped : false, countsFrom: addDays(last, 1) },
      excludedFor: hasBipolarHistory(history, startsOn) ? 'BIPOLAR_HISTORY' : null,
    });
  });
}

/** Days on which somebody did something after a screening. */
function helpDays(history: History): Day[] {
  const told = toldOf(history, 'ReferralSent', 'AdviceGiven', 'GuidanceGiven').map(({ at }) => at);
  const crises = history.crises.map(({ openedAt }) => openedAt);
  return [...told, ...crises].map((at) => dayOf(history, at));
}

/** A diagnosis that began, or was written down, by that day; one that is over counts, too. */
function hasBipolarHistory(history: History, day: Day): boolean {
  return history.diagnoses.some(({ code, status, onsetOn, recordedAt }) => {
    const isReal = status !== 'RULED_OUT' && status !== 'ENTERED_IN_ERROR';
    return isReal && bipolar.test(code) && (onsetOn ?? dayOf(history, recordedAt)) <= day;
  });
}
