import { changeNeedStatus, needFaults, nextNeedStatus, recordNeed, type NeedStatus } from './need.ts';

const now = new Date('2026-11-23T12:00:00Z');
const caseFile = {
  id: '0193a000-0000-7000-8000-000000000001',
  clientId: '0193a000-0000-7000-8000-000000000002',
};
const draft = {
  category: 'DENTAL' as const,
  source: 'CLIENT_STATED' as const,
  priority: null,
  clientRank: 1,
};
const statuses = Object.keys(nextNeedStatus) as NeedStatus[];

describe('a need', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    'goes from %s to %s as the table says',
    (from, to) => {
      const { need } = recordNeed(caseFile, draft, now);
      const changed = changeNeedStatus({ ...need, status: from }, to, now);
      const allowed: readonly NeedStatus[] = nextNeedStatus[from];
      expect(changed !== null).toBe(allowed.includes(to));
      if (changed) expect(changed.fact.data).toMatchObject({ from, to });
    },
  );

  it('loses its rank when it comes back, as another may have taken it', () => {
    const { need } = recordNeed(caseFile, draft, now);
    expect(changeNeedStatus({ ...need, status: 'MET' }, 'OPEN', now)?.need.clientRank).toBeNull();
    expect(changeNeedStatus(need, 'IN_PROGRESS', now)?.need.clientRank).toBe(1);
  });

  it('has a rank of its own among those that are live', () => {
    const { need } = recordNeed(caseFile, draft, now);
    const codes = (existing: (typeof need)[]) =>
      needFaults([draft], existing, () => '').map(({ code }) => code);
    expect(codes([need])).toEqual(['DUPLICATE']);
    expect(codes([{ ...need, status: 'MET' }])).toEqual([]);
    expect(needFaults([draft, draft], [], (n) => `${n}.`)).toMatchObject([{ path: '1.clientRank' }]);
    const unranked = { ...draft, clientRank: null };
    expect(needFaults([unranked, unranked], [], () => '')).toEqual([]);
  });
});
