import { command } from '@throughline/command';
import { forbidden } from '@throughline/graphql/problems';
import { hasRole } from '@throughline/graphql';
import { today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { RegisterClientInput } from '../../generated/graphql.ts';
import { ageGroupFact, ageGroupOf } from '../../people/client/age-group.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import { recordOf } from '../../people/client/client.input.ts';
import { register, type Client } from '../../people/client/client.ts';
import { recordFaults } from '../../people/client/personal-record.ts';
import { awaitNextAgeGroup } from '../../people/client/tell-age-group.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { assignPrimary, leaveUnassigned } from '../case-file/assignment.ts';
import { AssignmentEntity, CaseFileEntity } from '../case-file/case-file.entity.ts';
import { openCase } from '../case-file/case-file.ts';
import { NeedEntity } from '../need/need.entity.ts';
import { needFaults, newNeed } from '../need/need.ts';

/**
 * A person becomes a client: client, case, assignment and needs in one transaction. A case manager who registers leads
 * the case; a case that anybody else opens waits in the queue.
 */
export const registerClient = (context: Context, input: RegisterClientInput) =>
  command(
    context,
    {
      ...{ name: 'registerClient', input, creates: ClientEntity },
      ...{ clientOf: ({ id }: Client) => id, part: 'IDENTITY' },
      check: (now) => [
        ...recordFaults(recordOf(input), { now, timeZone: context.timeZone }),
        ...needFaults(input.needs ?? [], [], 'needs'),
      ],
    },
    async (_none, { tx, now, viewer }) => {
      const staff = await tx.findOneBy(StaffMemberEntity, { id: viewer.id, active: true });
      if (!staff) return forbidden('You have no active staff record: ask a program administrator for one.');

      const at = { now, timeZone: context.timeZone };
      const caseNumber = await nextCaseNumber(tx, at);
      const { client, facts } = register(recordOf(input), { staffId: viewer.id, caseNumber }, now);
      const ageFacts = ageGroupOf(client, at) ? [ageGroupFact(client, 'RECORD', at)] : [];
      const opened = openCase(client.id, now);
      const primary = hasRole(viewer, 'CASE_MANAGER')
        ? assignPrimary(opened.caseFile, { to: staff, by: staff.id, reason: null }, now)
        : null;
      const needs = (input.needs ?? []).map((draft) => newNeed(opened.caseFile, draft, now));
      const assigned = primary?.fact ?? leaveUnassigned(opened.caseFile, now);
      return {
        insert: client,
        // The age before the assignment: a service that knows who works with the client knows the age, too.
        facts: [...facts, ...ageFacts, opened.fact, assigned, ...needs.flatMap((need) => need.facts)],
        also: async () => {
          await awaitNextAgeGroup(tx, client, at);
          await tx.insert(CaseFileEntity, opened.caseFile);
          if (primary) await tx.insert(AssignmentEntity, primary.assignment);
          if (needs.length > 0)
            await tx.insert(
              NeedEntity,
              needs.map(({ insert }) => insert),
            );
        },
      };
    },
  );

async function nextCaseNumber(tx: EntityManager, at: Moment): Promise<string> {
  const rows: { n: string }[] = await tx.query(`select nextval('case_number') as n`);
  return `TL-${today(at).slice(0, 4)}-${(rows[0]?.n ?? '').padStart(6, '0')}`;
}
