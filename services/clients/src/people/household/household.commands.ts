import { mayChange, type Care } from '@throughline/care';
import { command, type Tools } from '@throughline/command';
import { clientUpdated, uuidV7, type Fact } from '@throughline/events';
import { isUuid } from '@throughline/graphql';
import { invalidInput, issueAt, notFound } from '@throughline/graphql/problems';
import { In, IsNull, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { JoinHouseholdInput, LeaveHouseholdInput } from '../../generated/graphql.ts';
import { ClientEntity } from '../client/client.entity.ts';
import type { Client } from '../client/client.ts';
import { ownCare } from '../client/own-care.ts';
import { HouseholdMemberEntity, type HouseholdMember, type HouseholdRole } from './household.entity.ts';

const clientOf = ({ id }: Client) => id;

/** Two clients live together from now on. The other client's household, where there is one, is the household of both. */
export const joinHousehold = (context: Context, input: JoinHouseholdInput) =>
  command(
    context,
    { name: 'joinHousehold', input, lock: [ClientEntity, input.clientId], clientOf, part: 'SOCIAL' },
    async (client, tools) => {
      const { tx, now } = tools;
      const otherId = input.withClientId;
      if (!(await mayChangeOther(tools, otherId))) return notFound('Client');
      if (otherId === client.id)
        return invalidInput([issueAt('withClientId', 'SAME', 'This is the same client.')]);
      await takeTurns(tx, [client.id, otherId]);
      if (await membershipOf(tx, client.id))
        return invalidInput([
          issueAt('clientId', 'TAKEN', 'The client lives in a household: leave it first.'),
        ]);

      const existing = await membershipOf(tx, otherId);
      const householdId = existing?.householdId ?? uuidV7(now);
      const own = member(client.id, { householdId, role: input.role }, now);
      const other = existing
        ? []
        : [member(otherId, { householdId, role: input.roleOfOther ?? 'HEAD' }, now)];
      const livedThere = existing ? await housemates(tx, existing) : [];
      return {
        also: () => tx.insert(HouseholdMemberEntity, [own, ...other]),
        facts: [changed(client, now), ...(await othersChanged(tx, [otherId, ...livedThere], now))],
      };
    },
  );

export const leaveHousehold = (context: Context, input: LeaveHouseholdInput) =>
  command(
    context,
    { name: 'leaveHousehold', input, lock: [ClientEntity, input.clientId], clientOf, part: 'SOCIAL' },
    async (client, { tx, now }) => {
      await takeTurns(tx, [client.id]);
      const membership = await membershipOf(tx, client.id);
      if (!membership)
        return invalidInput([issueAt('clientId', 'NONE', 'The client lives in no household.')]);
      const ended = { leftAt: now, version: membership.version + 1 };
      const left = await othersChanged(tx, await housemates(tx, membership), now);
      return {
        facts: [changed(client, now), ...left],
        also: () => tx.update(HouseholdMemberEntity, { id: membership.id }, ended),
      };
    },
  );

async function mayChangeOther({ tx, viewer }: Tools, id: string): Promise<boolean> {
  if (!isUuid(id)) return false;
  const [care]: Care[] = await tx.query(`${ownCare.select} where ${ownCare.clientId} = $1`, [id]);
  return mayChange(viewer, care ?? null, 'SOCIAL');
}

async function takeTurns(tx: EntityManager, ids: readonly string[]): Promise<void> {
  await tx.query(
    `select pg_advisory_xact_lock(number) from (
       select hashtextextended('household/' || one, 0) as number from unnest($1::text[]) one order by 1) numbers`,
    [ids],
  );
}

function membershipOf(tx: EntityManager, clientId: string): Promise<HouseholdMember | null> {
  return tx.findOneBy(HouseholdMemberEntity, { clientId, leftAt: IsNull() });
}

function member(
  clientId: string,
  { householdId, role }: { householdId: string; role: HouseholdRole },
  now: Date,
): HouseholdMember {
  return { id: uuidV7(now), householdId, clientId, role, joinedAt: now, leftAt: null, version: 1 };
}

/** Who else lives in the household now. */
async function housemates(tx: EntityManager, { householdId, clientId }: HouseholdMember): Promise<string[]> {
  const members = await tx.findBy(HouseholdMemberEntity, { householdId, leftAt: IsNull() });
  return members.map((one) => one.clientId).filter((id) => id !== clientId);
}

function changed({ id: clientId, version }: Client, now: Date): Fact {
  return updated({ clientId, version: version + 1 }, now);
}

/** The household of the others is another one, too; their rows do not change. */
async function othersChanged(tx: EntityManager, ids: readonly string[], now: Date): Promise<Fact[]> {
  const others = await tx.findBy(ClientEntity, { id: In([...ids]) });
  return others.map(({ id, version }) => updated({ clientId: id, version }, now));
}

function updated({ clientId, version }: { clientId: string; version: number }, now: Date): Fact {
  return clientUpdated.of(clientId, now, { clientId, changedFields: ['household'], version });
}
