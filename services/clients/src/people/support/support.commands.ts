import { command } from '@throughline/command';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  AddSupportPersonInput,
  EndSupportPersonInput,
  UpdateSupportPersonInput,
} from '../../generated/graphql.ts';
import { ClientEntity } from '../client/client.entity.ts';
import type { Client } from '../client/client.ts';
import {
  addSupport,
  changeSupport,
  endSupport,
  unknownSupport,
  type SupportRecord,
} from './support-person.ts';
import { SupportPersonEntity } from './support.entity.ts';

export const addSupportPerson = (context: Context, input: AddSupportPersonInput) =>
  command(
    context,
    {
      ...{
        name: 'addSupportPerson',
        input,
        lock: [ClientEntity, input.clientId],
        creates: SupportPersonEntity,
      },
      ...{ clientOf: ({ id }: Client) => id, part: 'SOCIAL' },
    },
    async (client, { tx, now, viewer }) => {
      const { name, relation } = input;
      const record: SupportRecord = { ...unknownSupport, ...changesOf(input), name, relation };
      const hasConsent = await isInForce(tx, client.id, input.consentId);
      return addSupport(client, record, { staffId: viewer.id, hasConsent }, now);
    },
  );

export const updateSupportPerson = (context: Context, input: UpdateSupportPersonInput) =>
  command(
    context,
    { name: 'updateSupportPerson', input, lock: [SupportPersonEntity, input.id], part: 'SOCIAL' },
    async (person, { tx, now }) => {
      const hasConsent = await isInForce(tx, person.clientId, input.consentId);
      return changeSupport(
        person,
        changesOf(input),
        { hasConsent, clientVersion: await versionOf(tx, person) },
        now,
      );
    },
  );

export const endSupportPerson = (context: Context, input: EndSupportPersonInput) =>
  command(
    context,
    { name: 'endSupportPerson', input, lock: [SupportPersonEntity, input.id], part: 'SOCIAL' },
    async (person, { tx, now }) => endSupport(person, await versionOf(tx, person), now),
  );

type Given = Omit<UpdateSupportPersonInput, 'id' | 'expectedVersion'>;

/** The given fields as they are stored; null removes a value, and says no where the answer is yes or no. */
function changesOf({ name, relation, contactPoints, ...given }: Given): Partial<SupportRecord> {
  const blank: Record<string, unknown> = unknownSupport;
  const changed = Object.keys(blank).flatMap((field) => {
    const value = (given as Record<string, unknown>)[field];
    return value === undefined ? [] : [[field, value ?? blank[field]] as const];
  });
  const points = contactPoints?.map((point) => ({
    ...point,
    label: point.label ?? null,
    extension: point.extension ?? null,
  }));
  return {
    ...(Object.fromEntries(changed) as Partial<SupportRecord>),
    ...(name && { name }),
    ...(relation && { relation }),
    ...(contactPoints !== undefined && { contactPoints: points ?? [] }),
  };
}

/** Whether it is a consent of this client that is in force. */
async function isInForce(tx: EntityManager, clientId: string, consentId?: string | null): Promise<boolean> {
  if (!consentId) return false;
  const rows: unknown[] = await tx.query(
    `select from consent where id = $1 and client_id = $2 and status = 'ACTIVE'`,
    [consentId, clientId],
  );
  return rows.length > 0;
}

async function versionOf(tx: EntityManager, { clientId }: { clientId: string }): Promise<number> {
  return (await tx.findOneByOrFail(ClientEntity, { id: clientId })).version;
}
