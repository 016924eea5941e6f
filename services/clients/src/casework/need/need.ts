import type { Decision } from '@throughline/command/decision';
import { needRecorded, needStatusChanged, uuidV7 } from '@throughline/events';
import { invalidInput, invalidTransition, type InputIssue } from '@throughline/graphql/problems';
import type { NeedCategory } from '@throughline/privacy';
import { isOpen, type CaseFile } from '../case-file/case-file.ts';

export type NeedStatus = 'OPEN' | 'IN_PROGRESS' | 'MET' | 'UNMET' | 'DECLINED';
export type NeedSource = 'CLIENT_STATED' | 'SCREENING' | 'STAFF_OBSERVED' | 'FAMILY' | 'REFERRER';

export interface Need {
  id: string;
  clientId: string;
  caseId: string;
  category: NeedCategory;
  source: NeedSource;
  status: NeedStatus;
  identifiedAt: Date;
  /** 1 = most urgent, as staff sees it. */
  priority: number | null;
  /** 1 = most important, as the person sees it. */
  clientRank: number | null;
  version: number;
}

export interface NeedDraft extends Pick<Need, 'category'> {
  source?: NeedSource | null | undefined;
  priority?: number | null | undefined;
  clientRank?: number | null | undefined;
}

export const nextNeedStatus = {
  OPEN: ['IN_PROGRESS', 'MET', 'UNMET', 'DECLINED'],
  IN_PROGRESS: ['OPEN', 'MET', 'UNMET', 'DECLINED'],
  MET: ['OPEN'],
  UNMET: ['OPEN'],
  DECLINED: ['OPEN'],
} as const satisfies Record<NeedStatus, readonly NeedStatus[]>;

export function isLive({ status }: Pick<Need, 'status'>): boolean {
  return status === 'OPEN' || status === 'IN_PROGRESS';
}

/** A case has each category and each rank once among its live needs. Source: infra/reference/domain.md 8.3. */
export function needFaults(drafts: readonly NeedDraft[], existing: readonly Need[], path = ''): InputIssue[] {
  const taken: NeedDraft[] = existing.filter(isLive);
  return drafts.flatMap((draft, index) => {
    const place = path && `${path}.${String(index)}.`;
    const faults = (['category', 'clientRank'] as const)
      .filter((field) => draft[field] && taken.some((need) => need[field] === draft[field]))
      .map((field) => duplicate(place + field, `Another open need has this ${field}.`));
    taken.push(draft);
    return faults;
  });
}

/** Adds a need to an open case. `now` is the server clock, UTC. Source: infra/reference/domain.md 8.3. */
export function addNeed(
  caseFile: CaseFile,
  draft: NeedDraft,
  existing: readonly Need[],
  now: Date,
): Decision<Need, never> {
  if (!isOpen(caseFile)) return invalidTransition(caseFile.status, 'recordNeed', []);
  const faults = needFaults([draft], existing);
  return faults.length > 0 ? invalidInput(faults) : newNeed(caseFile, draft, now);
}

/** A new need. The draft has no faults. */
export function newNeed({ id: caseId, clientId }: CaseFile, draft: NeedDraft, now: Date) {
  const { category, source, priority = null, clientRank = null } = draft;
  const identity = { id: uuidV7(now), clientId, caseId, category, source: source ?? 'CLIENT_STATED' };
  const insert: Need = { ...identity, status: 'OPEN', identifiedAt: now, priority, clientRank, version: 1 };
  const fact = { needId: insert.id, clientId, caseId, category };
  return { insert, facts: [needRecorded.of(clientId, now, fact)] };
}

/** Changes the status as `nextNeedStatus` says. A need that is opened again has no rank: another may have it by now. */
export function changeNeedStatus(
  need: Need,
  to: NeedStatus,
  existing: readonly Need[],
  now: Date,
): Decision<never, Need> {
  const { id: needId, clientId, status: from } = need;
  const allowed: readonly NeedStatus[] = nextNeedStatus[from];
  if (!allowed.includes(to)) return invalidTransition(from, `updateNeedStatus to ${to}`, [...allowed]);
  const twin = !isLive(need) && existing.some((other) => isLive(other) && other.category === need.category);
  if (twin) return invalidInput([duplicate('status', 'The case has an open need of this category.')]);

  const update: Need = { ...need, status: to, clientRank: isLive(need) ? need.clientRank : null };
  return { update, facts: [needStatusChanged.of(clientId, now, { needId, clientId, status: to })] };
}

function duplicate(path: string, message: string): InputIssue {
  return { path, code: 'DUPLICATE', message };
}
