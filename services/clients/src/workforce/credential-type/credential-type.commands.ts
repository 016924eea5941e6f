import { command } from '@throughline/command';
import { invalidInput, isProblem } from '@throughline/graphql/problems';
import { schedule } from '@throughline/messaging';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { AddCredentialTypeInput, ChangeCredentialTypeInput } from '../../generated/graphql.ts';
import { standingJob } from '../case-manager/tell-standing.ts';
import { awaitNextStep } from '../credential/climb-ladder.ts';
import { CredentialEntity, CredentialTypeEntity } from '../credential/credential.entity.ts';
import type { CredentialType } from '../credential/credential.ts';
import { addType, changeType } from './credential-type.ts';
import type { Moment } from '@throughline/privacy';

const taken = { path: 'code', code: 'DUPLICATE', message: 'A type has this code. Change that one.' };

export const addCredentialType = (context: Context, input: AddCredentialTypeInput) =>
  command(
    context,
    {
      ...{ name: 'addCredentialType', input, creates: CredentialTypeEntity },
      taken: () => invalidInput([taken]),
    },
    (_none, { now }) =>
      addType(
        {
          ...{ code: input.code, name: input.name, issuer: input.issuer, qualifies: input.qualifies },
          cycleMonths: input.cycleMonths ?? null,
          ceHours: input.ceHours ?? 0,
          ceEthicsHours: input.ceEthicsHours ?? 0,
          renewalOpensDays: input.renewalOpensDays ?? 90,
          graceDays: input.graceDays ?? 0,
        },
        now,
      ),
  );

/** Timers of credentials that are verified follow the new days of grace, and others hear who is qualified by the new type. */
export const changeCredentialType = (context: Context, input: ChangeCredentialTypeInput) =>
  command(
    context,
    { name: 'changeCredentialType', input, lock: [CredentialTypeEntity, input.id] },
    (type, { tx, now }) => {
      const change = changeType(type, changesOf(input));
      if (isProblem(change)) return change;
      const { update } = change;
      const at = { now, timeZone: context.timeZone };
      return {
        ...change,
        also: async () => {
          await awaitAgain(tx, update ?? type, at);
          if (update && decides(update) !== decides(type)) await tellHolders(tx, type.code);
        },
      };
    },
  );

/** The fields that were given. Only cycleMonths can be removed. */
function changesOf({
  id: _id,
  expectedVersion: _version,
  idempotencyKey: _key,
  ...fields
}: ChangeCredentialTypeInput) {
  const given = Object.entries(fields).filter(
    ([field, value]) => value !== undefined && (value !== null || field === 'cycleMonths'),
  );
  return Object.fromEntries(given) as Partial<Omit<CredentialType, 'id' | 'version' | 'code'>>;
}

async function awaitAgain(tx: EntityManager, type: CredentialType, at: Moment): Promise<void> {
  const where = { typeCode: type.code, status: 'VERIFIED' as const, expiresOn: Not(IsNull()) };
  for (const credential of await tx.findBy(CredentialEntity, where))
    await awaitNextStep(tx, credential, type, at);
}

/** What of a type decides whether a credential qualifies. */
function decides({ qualifies, graceDays }: CredentialType): string {
  return `${String(qualifies)} ${String(graceDays)}`;
}

/** A timer tells each of them: it waits for a change of the same credential that is under way, and sees both. */
async function tellHolders(tx: EntityManager, typeCode: string): Promise<void> {
  const held = await tx.findBy(CredentialEntity, { typeCode });
  for (const staffId of new Set(held.map((credential) => credential.staffId)))
    await schedule(tx, standingJob, { staffId }, { jobKey: `${standingJob}:${staffId}` });
}
