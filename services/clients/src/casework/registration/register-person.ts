import type { Change, Tools } from '@throughline/command';
import {
  forbidden,
  invalidInput,
  isProblem,
  type Forbidden,
  type InputIssue,
  type InvalidInput,
} from '@throughline/graphql/problems';
import { hasRole } from '@throughline/graphql';
import { today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { RegisterClientInput } from '../../generated/graphql.ts';
import { ageGroupFact, ageGroupOf, nextAgeGroupOf } from '../../people/client/age-group.ts';
import { recordOf } from '../../people/client/client.input.ts';
import { register, type Client } from '../../people/client/client.ts';
import { recordFaults } from '../../people/client/personal-record.ts';
import { blockFaults } from '../../people/client/block-faults.ts';
import { contactRuleFact, hasContactRule } from '../../people/client/contact-rule.ts';
import { awaitNextAgeGroup } from '../../people/client/tell-age-group.ts';
import {
  askAboutDuplicates,
  keepRulings,
  type PossibleDuplicates,
} from '../../people/duplicates/find-duplicates.ts';
import { indexClient } from '../../people/search/search-index.ts';
import { StaffMemberEntity } from '../../workforce/case-manager/case-manager.entity.ts';
import { leaveUnassigned } from '../assignment/assignment.ts';
import { insertOwnCase, takeOwnCase } from '../assignment/staffing.ts';
import { insertCase } from '../case-file/case-file.entity.ts';
import { openCase } from '../case-file/case-file.ts';
import { nextContactFacts } from '../case-file/next-contact.ts';
import { NeedEntity } from '../need/need.entity.ts';
import { needFaults, newNeed } from '../need/need.ts';

/** Faults that a registration has by itself. */
export function registrationFaults(input: RegisterClientInput, at: Moment): InputIssue[] {
  return [...recordFaults(recordOf(input), at), ...needFaults(input.needs ?? [], [], 'needs')];
}

/**
 * A person becomes a client: client, case, assignment and needs in one transaction. A case manager who registers leads
 * the case, and is refused when the credential allows no new cases; every other case waits in the queue. Whom the
 * program may know already is not registered before somebody has said that it is another person. A case that begins
 * with the screening waits for its decision.
 */
export async function registration(
  input: RegisterClientInput,
  tools: Tools,
  timeZone: string,
): Promise<
  | (Change<Client, never, never> & { insert: Client; caseId: string })
  | Forbidden
  | InvalidInput
  | PossibleDuplicates
> {
  const { tx, now, viewer } = tools;
  const staff = await tx.findOneBy(StaffMemberEntity, { id: viewer.id, active: true });
  if (!staff) return forbidden('You have no active staff record: ask a program administrator for one.');

  const record = recordOf(input);
  const blocks = await blockFaults(tx, input.blockedAgencyIds);
  if (blocks.length > 0) return invalidInput(blocks);
  const others = await askAboutDuplicates(tools, record, input.notDuplicates);
  if (isProblem(others)) return others;

  const at = { now, timeZone };
  const caseNumber = await nextCaseNumber(tx, at);
  const { client, facts } = register(record, { staffId: viewer.id, caseNumber }, now);
  const ageFacts = ageGroupOf(client, at) ? [ageGroupFact(client, 'RECORD', at)] : [];
  const ruleFacts = hasContactRule(client) ? [contactRuleFact(client, now)] : [];
  const status = input.startsWith === 'SCREENING' ? 'SCREENING' : 'OPEN_ASSESSMENT';
  const opened = openCase(client.id, at, { status });
  const primary = hasRole(viewer, 'CASE_MANAGER') ? await takeOwnCase(tx, opened.caseFile, staff, at) : null;
  if (isProblem(primary)) return primary;
  const needs = (input.needs ?? []).map((draft) => newNeed(opened.caseFile, draft, now));
  const assigned = primary?.fact ?? leaveUnassigned(opened.caseFile, now);
  return {
    insert: client,
    caseId: opened.caseFile.id,
    // The age before the assignment: a service that knows who works with the client knows the age, too.
    facts: [
      ...facts,
      ...ageFacts,
      ...ruleFacts,
      opened.fact,
      ...nextContactFacts(null, opened.caseFile, now),
      assigned,
      ...needs.flatMap((need) => need.facts),
    ],
    also: async () => {
      await indexClient(tx, client);
      await keepRulings(tx, client, others);
      if (nextAgeGroupOf(client, at)) await awaitNextAgeGroup(tx, client, at);
      await insertCase(tx, opened.caseFile, staff.id);
      if (primary) await insertOwnCase(tx, primary.assignment);
      if (needs.length > 0)
        await tx.insert(
          NeedEntity,
          needs.map(({ insert }) => insert),
        );
    },
  };
}

async function nextCaseNumber(tx: EntityManager, at: Moment): Promise<string> {
  const rows: { n: string }[] = await tx.query(`select nextval('case_number') as n`);
  return `TL-${today(at).slice(0, 4)}-${(rows[0]?.n ?? '').padStart(6, '0')}`;
}
