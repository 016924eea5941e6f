import { randomUUID } from 'node:crypto';
import { isProblem } from '@throughline/graphql/problems';
import type { CaseFile } from '../case-file/case-file.ts';
import {
  addNeed,
  changeNeedStatus,
  needFaults,
  newNeed,
  nextNeedStatus,
  type Need,
  type NeedStatus,
} from './need.ts';

const now = new Date('2026-11-23T12:00:00Z');
const caseFile = { id: randomUUID(), clientId: randomUUID(), status: 'OPEN_ACTIVE' } as CaseFile;
const need: Need = newNeed(caseFile, { category: 'DENTAL', clientRank: 1 }, now).insert;
const codes = (draft: object, existing: readonly Need[]) =>
  needFaults([{ category: 'FOOD_INSECURITY', ...draft }], existing).map(
    ({ path, code }) => `${path} ${code}`,
  );
const statuses = Object.keys(nextNeedStatus) as NeedStatus[];

describe('a need', () => {
  it.each(statuses.flatMap((from) => statuses.map((to) => [from, to] as const)))(
    'goes from %s to %s as the table says',
    (from, to) => {
      const decision = changeNeedStatus({ ...need, status: from }, to, [], now);
      const allowed: readonly NeedStatus[] = nextNeedStatus[from];
      expect(isProblem(decision)).toBe(!allowed.includes(to));
      if (!isProblem(decision)) expect(decision.update?.status).toBe(to);
    },
  );

  it('loses its rank when it is opened again, as another may have taken it', () => {
    const met: Need = { ...need, status: 'MET' };
    expect(changeNeedStatus(met, 'OPEN', [], now)).toMatchObject({ update: { clientRank: null } });
    expect(changeNeedStatus(need, 'IN_PROGRESS', [], now)).toMatchObject({ update: { clientRank: 1 } });
  });

  it('has a rank and a category of its own among those that are live', () => {
    expect(codes({ clientRank: 1 }, [need])).toEqual(['clientRank DUPLICATE']);
    expect(codes({ category: 'DENTAL' }, [need])).toEqual(['category DUPLICATE']);
    expect(codes({ category: 'DENTAL', clientRank: 1 }, [{ ...need, status: 'MET' }])).toEqual([]);
    const twice = needFaults([need, { ...need, clientRank: 2 }], [], 'needs');
    expect(twice).toMatchObject([{ path: 'needs.1.category' }]);
    const opened = changeNeedStatus({ ...need, status: 'UNMET' }, 'OPEN', [need], now);
    expect(opened).toMatchObject({ kind: 'InvalidInput' });
  });

  it('is not added to a closed case', () => {
    const added = addNeed({ ...caseFile, status: 'CLOSED' }, need, [], now);
    expect(added).toMatchObject({ kind: 'InvalidTransition' });
  });
});
