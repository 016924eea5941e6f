import { command, ownerFirst, type Decision } from '@throughline/command';
import { uuidV7 } from '@throughline/events';
import {
  forbidden,
  invalidInput,
  invalidTransition,
  isProblem,
  type Problem,
} from '@throughline/graphql/problems';
import { today, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  AddCredentialEvidenceInput,
  AddCredentialInput,
  ChangeCredentialInput,
  RecordContinuingEducationInput,
  RenewCredentialInput,
  VerifyCredentialInput,
} from '../../generated/graphql.ts';
import { StaffMemberEntity } from '../case-manager/case-manager.entity.ts';
import type { StaffMember } from '../case-manager/case-manager.ts';
import { readsFile } from '../case-manager/personnel.ts';
import { awaitNextStep } from './climb-ladder.ts';
import { qualificationFact } from './tell-qualification.ts';
import { factsOfChange } from './credential-fact.ts';
import { CeActivityEntity, CredentialEntity, CredentialTypeEntity } from './credential.entity.ts';
import {
  addCredential as add,
  addEvidence,
  changeCredential as change,
  renewCredential as renew,
  verifyCredential as verify,
  type Credential,
  type CredentialType,
  type Hours,
} from './credential.ts';

/** A credential and its holder, both locked. */
interface Seen {
  row: Credential;
  owner: StaffMember;
}
const holderFirst = ownerFirst(CredentialEntity, 'staffId', StaffMemberEntity);

export const addCredential = (context: Context, input: AddCredentialInput) =>
  command(
    context,
    {
      ...{
        name: 'addCredential',
        input,
        creates: CredentialEntity,
        lock: [StaffMemberEntity, input.staffId],
      },
      may: (_care, staff: StaffMember) => readsFile(context.viewer, staff),
      taken: () => invalidInput([alreadyThere]),
    },
    async (staff, { tx, now }) => {
      const type = await tx.findOneBy(CredentialTypeEntity, { code: input.typeCode });
      return add({ ...input, staffId: staff.id }, type, { now, timeZone: context.timeZone });
    },
  );

const alreadyThere = {
  path: 'typeCode',
  code: 'DUPLICATE',
  message: 'The person has a credential of this type that is not over: change that one.',
};

export const addCredentialEvidence = (context: Context, input: AddCredentialEvidenceInput) =>
  onCredential(context, { name: 'addCredentialEvidence', input }, ({ row }) =>
    addEvidence(row, input.evidence),
  );

/** Nobody verifies the own credential; the database refuses it, too. */
export const verifyCredential = (context: Context, input: VerifyCredentialInput) =>
  onCredential(context, { name: 'verifyCredential', input }, ({ row }, at) =>
    row.staffId === context.viewer.id
      ? forbidden('Nobody verifies the own credential: ask the supervisor or a program administrator.')
      : verify(row, context.viewer.id, at.now),
  );

/** A holder may give the own credential up; everything else is for others. */
export const changeCredential = (context: Context, input: ChangeCredentialInput) =>
  onCredential(context, { name: 'changeCredential', input }, ({ row }) =>
    row.staffId === context.viewer.id && input.change !== 'RETIRE'
      ? forbidden('A holder may only retire the own credential.')
      : change(row, input.change),
  );

export const renewCredential = (context: Context, input: RenewCredentialInput) =>
  onCredential(context, { name: 'renewCredential', input }, async ({ row }, at, tx) => {
    const type = await typeOf(tx, row);
    const { expiresOn, evidence } = input;
    const renewal = { expiresOn, byExam: input.byExam ?? false, evidence };
    return renew(row, { type, earned: await hoursOf(tx, row) }, renewal, at);
  });

export const recordContinuingEducation = (context: Context, input: RecordContinuingEducationInput) =>
  command(
    context,
    {
      ...{ name: 'recordContinuingEducation', input, what: 'Credential', clientOf: () => null },
      ...{ creates: CeActivityEntity, lock: [CredentialEntity, input.credentialId, holderFirst] },
      may: (_care, { owner }: Seen) => readsFile(context.viewer, owner),
    },
    ({ row }, { now, viewer }) => {
      if (row.status === 'REVOKED' || row.status === 'RETIRED')
        return invalidTransition(row.status, 'recordContinuingEducation', []);
      const { heldOn, title, hours } = input;
      const ethicsHours = input.ethicsHours ?? 0;
      const future = heldOn > today({ now, timeZone: context.timeZone });
      if (future)
        return invalidInput([{ path: 'heldOn', code: 'OUT_OF_RANGE', message: 'Not in the future.' }]);
      if (ethicsHours > hours) return invalidInput([tooManyEthics]);
      const recorded = { recordedAt: now, recordedBy: viewer.id };
      return {
        insert: { id: uuidV7(now), credentialId: row.id, heldOn, title, hours, ethicsHours, ...recorded },
      };
    },
  );

const tooManyEthics = {
  path: 'ethicsHours',
  code: 'OUT_OF_RANGE',
  message: 'Hours of ethics are a part of the hours.',
};

type Change = Decision<never, Credential>;

/** A change of a credential by somebody who may read the personnel file; the timer of its warnings follows. */
function onCredential(
  context: Context,
  { name, input }: { name: string; input: { id: string } },
  rule: (seen: Seen, at: Moment, tx: EntityManager) => Change | Promise<Change>,
): Promise<Credential | Problem> {
  return command(
    context,
    {
      ...{ name, input, lock: [CredentialEntity, input.id, holderFirst], clientOf: () => null },
      may: (_care, { owner }: Seen) => readsFile(context.viewer, owner),
    },
    async (seen: Seen, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const decided = await rule(seen, at, tx);
      const { update } = isProblem(decided) ? {} : decided;
      if (!update) return decided;
      return {
        ...decided,
        facts: factsOfChange(seen.row, update, now),
        also: async () => awaitNextStep(tx, update, await typeOf(tx, update), at),
        after: async () => [await qualificationFact(tx, seen.owner, at)],
      };
    },
  );
}

function typeOf(tx: EntityManager, { typeCode }: Credential): Promise<CredentialType> {
  return tx.findOneByOrFail(CredentialTypeEntity, { code: typeCode });
}

/** Hours of the present cycle. */
async function hoursOf(tx: EntityManager, { id, issuedOn }: Credential): Promise<Hours> {
  const rows: Hours[] = await tx.query(
    `select coalesce(sum(hours), 0)::float8 as hours, coalesce(sum(ethics_hours), 0)::float8 as "ethicsHours"
     from continuing_education where credential_id = $1 and held_on >= $2`,
    [id, issuedOn],
  );
  return rows[0] ?? { hours: 0, ethicsHours: 0 };
}
