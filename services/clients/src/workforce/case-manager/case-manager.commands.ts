import { command } from '@throughline/command';
import { invalidInput, staleVersion } from '@throughline/graphql/problems';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { RecordStaffInput } from '../../generated/graphql.ts';
import { StaffMemberEntity } from './case-manager.entity.ts';
import { recordStaff as decide } from './case-manager.ts';

/** Of two that create the same record at once, the second must read it first. */
export const recordStaff = (context: Context, input: RecordStaffInput) =>
  command(
    context,
    {
      ...{ name: 'recordStaff', input, creates: StaffMemberEntity, orNew: true },
      lock: [StaffMemberEntity, input.id],
      taken: () => staleVersion(1),
    },
    async (known, { tx, now }) => {
      const { id, supervisorId } = input;
      const isUnknown = supervisorId && supervisorId !== id;
      if (isUnknown && !(await tx.existsBy(StaffMemberEntity, { id: supervisorId })))
        return invalidInput([noSupervisor]);
      const isLimit = !input.programCode || (await hasLimit(tx, input.programCode));
      if (!isLimit) return invalidInput([noLimit]);
      return decide(known, id, input, now);
    },
  );

async function hasLimit(tx: EntityManager, code: string): Promise<boolean> {
  const rows: object[] = await tx.query('select code from caseload_limit where code = $1', [code]);
  return rows.length > 0;
}

const noLimit = { path: 'programCode', code: 'UNKNOWN', message: 'There are no limits of such a program.' };
const noSupervisor = { path: 'supervisorId', code: 'UNKNOWN', message: 'There is no such member of staff.' };
