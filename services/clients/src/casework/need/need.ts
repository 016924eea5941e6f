import { needRecorded, needStatusChanged, uuidV7, type Fact } from '@throughline/events';
import type { NeedCategory } from '@throughline/privacy';

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

export interface NeedDraft {
  category: NeedCategory;
  source: NeedSource;
  priority: number | null;
  clientRank: number | null;
}

export const nextNeedStatus = {
  OPEN: ['IN_PROGRESS', 'MET', 'UNMET', 'DECLINED'],
  IN_PROGRESS: ['OPEN', 'MET', 'UNMET', 'DECLINED'],
  MET: ['OPEN'],
  UNMET: ['OPEN'],
  DECLINED: ['OPEN'],
} satisfies Record<NeedStatus, NeedStatus[]>;

const live: readonly NeedStatus[] = ['OPEN', 'IN_PROGRESS'];

export function isLive({ status }: Pick<Need, 'status'>): boolean {
  return live.includes(status);
}

/** Faults of new needs beside the live ones of the same case: no rank is given twice. Source: infra/reference/domain.md 8.3. */
export function needFaults(
  drafts: readonly NeedDraft[],
  existing: readonly Need[],
  pathOf: (index: number) => string,
): { path: string; code: string; message: string }[] {
  const taken = new Set(existing.filter(isLive).map(({ clientRank }) => clientRank));
  return drafts.flatMap(({ clientRank, priority }, index) => {
    const faults = [];
    const path = pathOf(index);
    if (clientRank !== null && (clientRank < 1 || clientRank > 50))
      faults.push({ path: `${path}clientRank`, code: 'OUT_OF_RANGE', message: 'Must be between 1 and 50.' });
    if (clientRank !== null && taken.has(clientRank))
      faults.push({ path: `${path}clientRank`, code: 'DUPLICATE', message: 'Another need has this rank.' });
    if (priority !== null && (priority < 1 || priority > 5))
      faults.push({ path: `${path}priority`, code: 'OUT_OF_RANGE', message: 'Must be between 1 and 5.' });
    taken.add(clientRank);
    return faults;
  });
}

/** Adds a need to a case. */
export function recordNeed(
  caseFile: { id: string; clientId: string },
  draft: NeedDraft,
  now: Date,
): { need: Need; fact: Fact } {
  const { id: caseId, clientId } = caseFile;
  const need: Need = {
    ...draft,
    id: uuidV7(now),
    clientId,
    caseId,
    status: 'OPEN',
    identifiedAt: now,
    version: 1,
  };
  const { id: needId, category, clientRank } = need;
  return { need, fact: needRecorded.of(clientId, now, { needId, clientId, caseId, category, clientRank }) };
}

/** Says what became of a need; null when it cannot go there from its present status. A need that comes back has no rank. */
export function changeNeedStatus(need: Need, to: NeedStatus, now: Date): { need: Need; fact: Fact } | null {
  const allowed: readonly NeedStatus[] = nextNeedStatus[need.status];
  if (!allowed.includes(to)) return null;
  const { id: needId, clientId, status: from } = need;
  const clientRank = isLive(need) ? need.clientRank : null;
  return {
    need: { ...need, status: to, clientRank, version: need.version + 1 },
    fact: needStatusChanged.of(clientId, now, { needId, clientId, from, to }),
  };
}
