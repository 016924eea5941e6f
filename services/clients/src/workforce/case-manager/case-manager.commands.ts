import { invalidInput, roles as knownRoles, staleVersion, type Problem } from '@throughline/graphql';
import { once, record } from '@throughline/messaging';
import { isTimeZone } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { fault, idFaults, textFaults, type Fault } from '../../people/client/personal-record.ts';
import type { Context } from '../../context.ts';
import type { RecordStaffInput } from '../../generated/graphql.ts';
import { requireRole } from '../../require-role.ts';
import { CaseManagerEntity } from './case-manager.entity.ts';
import { staffFact, type CaseManager } from './case-manager.ts';

/** Creates or replaces a staff record. Answers InvalidInput with every fault. */
export function recordStaff(context: Context, input: RecordStaffInput): Promise<CaseManager | Problem> {
  const { db, viewer } = context;
  requireRole(viewer, 'PROGRAM_ADMIN');
  const faults = staffFaults(input);
  if (faults.length > 0) return Promise.resolve(invalidInput(faults));

  const attempt = { viewerId: viewer.id, command: 'recordStaff', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<CaseManager | Problem>(
      tx,
      attempt,
      () => replace(context, tx, input),
      (id) => tx.findOneByOrFail(CaseManagerEntity, { id }),
    ),
  );
}

async function replace(
  { cause, now }: Context,
  tx: EntityManager,
  input: RecordStaffInput,
): Promise<CaseManager | Problem> {
  const id = input.id.toLowerCase();
  const known = await tx.findOne(CaseManagerEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (known && known.version !== input.expectedVersion) return staleVersion(known.version);
  const supervisorId = input.supervisorId?.toLowerCase() ?? null;
  if (supervisorId && supervisorId !== id && !(await tx.existsBy(CaseManagerEntity, { id: supervisorId })))
    return invalidInput([fault('supervisorId', 'UNKNOWN', 'There is no such member of staff.')]);

  const staff: CaseManager = {
    id,
    name: input.name.trim(),
    email: input.email ?? null,
    roles: [...new Set(input.roles)],
    supervisorId,
    languages: input.languages ?? [],
    specialties: input.specialties ?? [],
    timeZone: input.timeZone ?? null,
    active: input.active ?? true,
    version: (known?.version ?? 0) + 1,
  };
  await tx.upsert(CaseManagerEntity, staff, ['id']);
  await record(tx, cause, staffFact(staff, now()));
  return staff;
}

function staffFaults(input: RecordStaffInput): Fault[] {
  const { id, name, email, roles, supervisorId, specialties, timeZone } = input;
  const unknown = roles.filter((role) => !(knownRoles as readonly string[]).includes(role));
  return [
    ...idFaults('id', [id]),
    ...idFaults('supervisorId', supervisorId ? [supervisorId] : []),
    ...(name.trim() ? [] : [fault('name', 'MISSING', 'A name is needed.')]),
    ...textFaults('name', name, 200),
    ...textFaults('email', email ?? null, 254),
    ...(specialties ?? []).flatMap((code, index) => textFaults(`specialties.${index}`, code, 100)),
    ...(unknown.length > 0 ? [fault('roles', 'UNKNOWN', 'One of the roles does not exist.')] : []),
    ...(timeZone && !isTimeZone(timeZone) ? [fault('timeZone', 'UNKNOWN', 'Not an IANA time zone.')] : []),
  ];
}
