import type { Change, Decision } from '@throughline/command/decision';
import {
  caseFacts,
  contactCorrected,
  contactLogged,
  nextContactPlanned,
  uuidV7,
  type Fact,
} from '@throughline/events';
import {
  forbidden,
  invalidInput,
  type Forbidden,
  type InputIssue,
  type InvalidInput,
  type InvalidTransition,
} from '@throughline/graphql/problems';
import { addDays, endOfDay, today, type DataLabel, type Moment } from '@throughline/privacy';
import { attemptsThatEscalate, latestDays, nextContactAfter, windowStart } from '../case-file/cadence.ts';
import { isOpen, type CaseFile, type PlannedContact } from '../case-file/case-file.ts';
import { refusalOf } from '../case-file/moves.ts';
import { nextContactFacts } from '../case-file/next-contact.ts';

export type ContactChannel = PlannedContact['channel'];
export type ContactPurpose = PlannedContact['purpose'];

/** What staff writes down of a contact, or of an attempt. */
export interface ContactDraft {
  at: Date;
  channel: ContactChannel;
  /** Staff reach out, when left out. */
  direction?: 'OUTBOUND' | 'INBOUND' | null | undefined;
  reached: boolean;
  minutes?: number | null | undefined;
  purpose: ContactPurpose;
  summary?: string | null | undefined;
  labels?: readonly DataLabel[] | null | undefined;
}

export interface ContactEntry {
  id: string;
  caseId: string;
  clientId: string;
  at: Date;
  channel: ContactChannel;
  direction: 'OUTBOUND' | 'INBOUND';
  reached: boolean;
  minutes: number | null;
  purpose: ContactPurpose;
  summary: string | null;
  /** Sensitivity of the summary. */
  labels: DataLabel[];
  loggedAt: Date;
  loggedBy: string;
  version: number;
}

/** What a contact said before a correction. */
export interface ContactRevision {
  contactId: string;
  version: number;
  clientId: string;
  content: ContactContent;
  replacedAt: Date;
  replacedBy: string;
}
export type ContactContent = Omit<ReturnType<typeof contentOf>, 'at'> & { at: string };

/** What the contacts of a case say of its present. */
export type Standing = Pick<
  CaseFile,
  'lastReachedAt' | 'failedAttempts' | 'nextContactDueAt' | 'plannedContact'
>;
export type Attempt = Pick<ContactEntry, 'id' | 'at' | 'reached' | 'direction'>;

/** Notes of counselling have a place of their own, which no list of contacts shows. */
const elsewhere: readonly DataLabel[] = ['SUD_NOTE', 'PSYTHER_NOTE'];

/** Faults of a contact: it lies between the opening of the case and now. Source: infra/reference/domain.md 4.6, 8.3. */
export function contactFaults({ openedAt }: CaseFile, { at, labels }: ContactDraft, now: Date): InputIssue[] {
  const faults: InputIssue[] = [];
  if (at > now)
    faults.push({ path: 'at', code: 'IN_FUTURE', message: 'A contact is written down after it happened.' });
  if (at < openedAt) faults.push({ path: 'at', code: 'BEFORE_CASE', message: 'The case was not open yet.' });
  if (labels?.some((label) => elsewhere.includes(label)))
    faults.push({
      path: 'labels',
      code: 'NOT_ALLOWED',
      message: 'A counselling note is not part of a contact.',
    });
  return faults;
}

/** Writes down a contact or an attempt; only what is written down counts. Source: infra/reference/domain.md 4.6. */
export function logContact(
  caseFile: CaseFile,
  draft: ContactDraft,
  { by, contacts }: { by: string; contacts: readonly Attempt[] },
  at: Moment,
):
  | (Change<ContactEntry, never> & { insert: ContactEntry; standing: Standing })
  | InvalidInput
  | InvalidTransition {
  const refusal = refusalOf(caseFile, 'LOG_CONTACT');
  if (refusal) return refusal;
  const faults = contactFaults(caseFile, draft, at.now);
  if (faults.length > 0) return invalidInput(faults);
  const { id: caseId, clientId } = caseFile;
  const logged = { loggedAt: at.now, loggedBy: by, version: 1 };
  const insert: ContactEntry = { id: uuidV7(at.now), caseId, clientId, ...contentOf(draft), ...logged };
  const standing = standingOf(caseFile, [...contacts, insert], at);
  const fact = contactLogged.of(clientId, at.now, factOf(insert));
  return { insert, standing, facts: [fact, ...standingFacts(caseFile, standing, at.now)] };
}

/** Corrects what was written down; the version of before is kept. Its author, or a supervisor. */
export function correctContact(
  { contact, caseFile }: { contact: ContactEntry; caseFile: CaseFile },
  draft: ContactDraft,
  { by, isSupervisor, contacts }: { by: string; isSupervisor: boolean; contacts: readonly Attempt[] },
  at: Moment,
):
  | (Change<never, ContactEntry> & { revision: ContactRevision; standing: Standing })
  | InvalidInput
  | Forbidden {
  if (contact.loggedBy !== by && !isSupervisor)
    return forbidden('Only the author of a contact, or a supervisor, corrects it.');
  const faults = contactFaults(caseFile, draft, at.now);
  if (faults.length > 0) return invalidInput(faults);
  const { id: contactId, clientId, version } = contact;
  const update: ContactEntry = { ...contact, ...contentOf(draft) };
  const content = { ...contentOf(contact), at: contact.at.toISOString() };
  const revision = { contactId, version, clientId, content, replacedAt: at.now, replacedBy: by };
  const others = contacts.filter(({ id }) => id !== contactId);
  const standing = isOpen(caseFile) ? standingOf(caseFile, [...others, update], at) : standingNow(caseFile);
  const fact = contactCorrected.of(clientId, at.now, factOf(update));
  return { update, revision, standing, facts: [fact, ...standingFacts(caseFile, standing, at.now)] };
}

/** What other services hear of a contact: when it was, and whether the person was reached; never what was said. */
function factOf({ id: contactId, clientId, at, reached }: ContactEntry) {
  return { contactId, clientId, at: at.toISOString(), reached };
}

/**
 * When the person was reached last, how many attempts failed since within one cadence, and when the next contact is due.
 * A plan holds until the person is reached after it was made. Source: infra/reference/domain.md 4.6.
 */
export function standingOf(caseFile: CaseFile, contacts: readonly Attempt[], at: Moment): Standing {
  const reached = contacts.filter((one) => one.reached).map((one) => one.at.getTime());
  const lastReachedAt = reached.length > 0 ? new Date(Math.max(...reached)) : null;
  const since = Math.max(lastReachedAt?.getTime() ?? 0, windowStart(caseFile, at.now).getTime());
  const failed = contacts.filter(
    (one) => !one.reached && one.direction === 'OUTBOUND' && one.at.getTime() > since,
  );
  return { ...nextOf(caseFile, lastReachedAt, at), lastReachedAt, failedAttempts: failed.length };
}

function nextOf(
  caseFile: CaseFile,
  lastReachedAt: Date | null,
  { timeZone }: Moment,
): Pick<Standing, 'nextContactDueAt' | 'plannedContact'> {
  const { nextContactDueAt, plannedContact, openedAt } = caseFile;
  const isSame = lastReachedAt?.getTime() === caseFile.lastReachedAt?.getTime();
  const holds = plannedContact && (lastReachedAt?.getTime() ?? 0) <= Date.parse(plannedContact.plannedAt);
  if (isSame || holds) return { nextContactDueAt, plannedContact };
  const from = { now: lastReachedAt ?? openedAt, timeZone };
  return { nextContactDueAt: nextContactAfter(caseFile, from), plannedContact: null };
}

/** Agrees on the next contact: in the future, and not later than the tier asks. Source: infra/reference/domain.md 4.6. */
export function planNextContact(
  caseFile: CaseFile,
  { dueAt, channel, purpose }: { dueAt: Date; channel: ContactChannel; purpose: ContactPurpose },
  by: string,
  at: Moment,
): Decision<never, CaseFile, InvalidInput | InvalidTransition> {
  const refusal = refusalOf(caseFile, 'PLAN_NEXT_CONTACT');
  if (refusal) return refusal;
  const latest = endOfDay(addDays(today(at), latestDays[caseFile.riskTier]), at.timeZone);
  const path = 'dueAt';
  if (dueAt <= at.now)
    return invalidInput([{ path, code: 'NOT_IN_FUTURE', message: 'A next contact lies in the future.' }]);
  if (dueAt > latest)
    return invalidInput([
      { path, code: 'AFTER_CADENCE', message: `The tier asks for a contact before ${latest.toISOString()}.` },
    ]);
  const plannedContact = { channel, purpose, plannedBy: by, plannedAt: at.now.toISOString() };
  const { id: caseId, clientId } = caseFile;
  const update = { ...caseFile, nextContactDueAt: dueAt, plannedContact };
  const planned = nextContactPlanned.of(clientId, at.now, { clientId, caseId });
  return { update, facts: [planned, ...nextContactFacts(caseFile, update, at.now)] };
}

function standingNow({
  lastReachedAt,
  failedAttempts,
  nextContactDueAt,
  plannedContact,
}: CaseFile): Standing {
  return { lastReachedAt, failedAttempts, nextContactDueAt, plannedContact };
}

function standingFacts(caseFile: CaseFile, standing: Standing, now: Date): Fact[] {
  const { id, clientId } = caseFile;
  const due = nextContactFacts(caseFile, { id, clientId, ...standing }, now);
  return [...due, ...outreach(caseFile, standing, now)];
}

/** Told once, when the number of failed attempts is reached. */
function outreach({ id: caseId, clientId, failedAttempts }: CaseFile, standing: Standing, now: Date): Fact[] {
  const begins = failedAttempts < attemptsThatEscalate && standing.failedAttempts >= attemptsThatEscalate;
  return begins ? [caseFacts.attemptsFailed.of(clientId, now, { clientId, caseId })] : [];
}

function contentOf({ at, channel, direction, reached, minutes, purpose, summary, labels }: ContactDraft) {
  const said = {
    minutes: minutes ?? null,
    summary: summary ?? null,
    labels: [...new Set(labels ?? [])].sort(),
  };
  return { at, channel, direction: direction ?? ('OUTBOUND' as const), reached, purpose, ...said };
}
