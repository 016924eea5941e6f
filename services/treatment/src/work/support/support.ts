import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision } from '@throughline/command/decision';
import { supportChecked, uuidV7 } from '@throughline/events';
import type { InputIssue } from '@throughline/graphql/problems';
import { isBlank } from '@throughline/graphql/text';
import { dayIsOver, type Day, type Moment } from '@throughline/privacy';
import { z } from 'zod';
import type { RecoveryDomain } from '../../planning/goal/goal.ts';

const domains = ['HEALTH', 'HOME', 'PURPOSE', 'COMMUNITY'] as const satisfies readonly RecoveryDomain[];
const itemShape = z.strictObject({
  code: z.string().regex(/^[A-Z][A-Z_]*$/),
  domain: z.enum(domains),
  label: z.string().min(1),
});
export type SupportItem = z.output<typeof itemShape>;

/** The support checklist (S15), by recovery domain; a faulty row stops the start. Source: infra/reference/domain.md 4.6. */
export const supportItems: readonly SupportItem[] = z
  .array(itemShape)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'items.json'), 'utf8')));

export type SupportState = 'IN_PLACE' | 'NEEDED' | 'IN_PROGRESS' | 'NOT_WANTED';

/** What was said about an item of the checklist. Never changed: the latest entry of an item counts. */
export interface SupportEntry {
  id: string;
  clientId: string;
  item: string;
  state: SupportState;
  nextStep: string | null;
  nextStepOn: Day | null;
  note: string | null;
  recordedAt: Date;
  recordedBy: string;
}

type Given<T> = T | null | undefined;

export interface SupportDraft {
  item: string;
  state: SupportState;
  nextStep?: Given<string>;
  nextStepOn?: Given<Day>;
  note?: Given<string>;
}

/** Faults of an entry: what somebody works on has a next step, and a next step lies ahead. */
export function supportFaults({ item, state, nextStep, nextStepOn }: SupportDraft, at: Moment): InputIssue[] {
  const faults: InputIssue[] = [];
  const fault = (path: string, code: string, message: string) => faults.push({ path, code, message });
  const isOpen = state === 'NEEDED' || state === 'IN_PROGRESS';
  if (!supportItems.some(({ code }) => code === item))
    fault('item', 'UNKNOWN', 'There is no such item; `supportChecklist` of a client lists them.');
  if (state === 'IN_PROGRESS' && isBlank(nextStep ?? ''))
    fault('nextStep', 'REQUIRED', 'Say what comes next.');
  if (!isOpen && !isBlank(nextStep ?? ''))
    fault('nextStep', 'NOT_OPEN', 'Nothing comes next where nothing is to be done.');
  if (nextStepOn && isBlank(nextStep ?? ''))
    fault('nextStep', 'REQUIRED', 'Say what is to be done on this day.');
  if (nextStepOn && dayIsOver(nextStepOn, at)) fault('nextStepOn', 'IN_PAST', 'This day is over.');
  return faults;
}

/** Records what was said about an item. */
export function checkSupport(
  clientId: string,
  { item, state, nextStep = null, nextStepOn = null, note = null }: SupportDraft,
  by: { id: string; now: Date },
): Decision<SupportEntry, never> {
  const insert: SupportEntry = {
    ...{ id: uuidV7(by.now), clientId, item, state, nextStep, nextStepOn, note },
    ...{ recordedAt: by.now, recordedBy: by.id },
  };
  return { insert, facts: [supportChecked.of(clientId, by.now, { supportEntryId: insert.id, clientId })] };
}

/** An item and its latest entry. */
export interface CheckedItem extends SupportItem {
  entry: SupportEntry | null;
}

/** The checklist of a client by domain, every item in it. `entries` are the newest first. */
export function checklistOf(
  entries: readonly SupportEntry[],
): { domain: RecoveryDomain; items: CheckedItem[] }[] {
  const latest = (code: string) => entries.find(({ item }) => item === code) ?? null;
  return domains.map((domain) => ({
    domain,
    items: supportItems
      .filter((item) => item.domain === domain)
      .map((item) => ({ ...item, entry: latest(item.code) })),
  }));
}
