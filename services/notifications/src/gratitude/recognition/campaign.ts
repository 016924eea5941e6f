import type { Decision } from '@throughline/command/decision';
import { uuidV7 } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import { addDays, yearsBetween, type Day } from '@throughline/privacy';
import { sundayBefore } from './recap.ts';

/** A time in which a program honors the people who work in it. */
export interface RecognitionCampaign {
  id: string;
  name: string;
  from: Day;
  /** Last day. */
  to: Day;
}

export interface OwnCampaign extends RecognitionCampaign {
  plannedBy: string;
}

/** Campaigns that every program has. Data: one more is one more row. */
const defaultCampaigns = [
  { code: 'case-managers-week', name: 'Case Manager’s Week', month: 10, fullWeek: 2 },
];

/**
 * The default campaigns of a year: National Case Management Week is the second full week of October, Sunday to
 * Saturday. Source: infra/reference/domain.md 0 (S18).
 */
export function defaultsOf(year: number): RecognitionCampaign[] {
  return defaultCampaigns.map(({ code, name, month, fullWeek }) => {
    const first = `${String(year)}-${String(month).padStart(2, '0')}-01`;
    const firstSunday = sundayBefore(addDays(first, 6));
    const from = addDays(firstSunday, 7 * (fullWeek - 1));
    return { id: `${code}-${String(year)}`, name, from, to: addDays(from, 6) };
  });
}

/** Faults that a campaign has by itself. */
export function campaignFaults({ name, from, to }: Omit<RecognitionCampaign, 'id'>): InputIssue[] {
  const faults: InputIssue[] = [];
  if (name.trim() === '') faults.push({ path: 'name', code: 'EMPTY', message: 'Give it a name.' });
  if (to < from)
    faults.push({ path: 'to', code: 'BEFORE_BEGINNING', message: 'The last day is not before the first.' });
  else if (yearsBetween(from, to) > 0)
    faults.push({ path: 'to', code: 'TOO_LONG', message: 'A campaign lasts less than a year.' });
  return faults;
}

/** Plans a campaign. The draft has no faults. */
export function planCampaign(
  { name, from, to }: Omit<RecognitionCampaign, 'id'>,
  by: { id: string; now: Date },
): Decision<OwnCampaign, never> {
  return { insert: { id: uuidV7(by.now), name: name.trim(), from, to, plannedBy: by.id } };
}
