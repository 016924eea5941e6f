import { addDays } from '@throughline/privacy';
import { command, type staff } from './asking.ts';
import type { Loading } from './loading.ts';
import type { StaffPlan } from './plan.ts';
import { caseManagersOf } from './staff.ts';
import { credentialsOf, type CredentialPlan } from './workforce.ts';

type Viewer = ReturnType<typeof staff>;

/** Credentials of the case managers, verified by an administrator, and one absence that began yesterday. */
export async function loadWorkforce(loading: Loading, administrator: Viewer): Promise<void> {
  const managers = caseManagersOf(loading.plan.staff);
  for (const [index, person] of managers.entries()) {
    for (const credential of credentialsOf(person, index, loading.plan.today))
      await loadCredential(loading, administrator, person, credential);
  }
  const [away, cover] = managers.slice(-2);
  if (away && cover) await loadLeave(loading, administrator, { away: away.id, cover: cover.id });
}

interface AddedCredential {
  id: string;
  version: number;
  verifiedAt: string | null;
}

async function loadCredential(
  { call, plan }: Loading,
  administrator: Viewer,
  person: StaffPlan,
  { hours, verified, ...credential }: CredentialPlan,
): Promise<void> {
  const key = `${plan.seed}/${person.id}/${credential.typeCode}`;
  const shared = { service: 'clients' as const, viewer: administrator };
  const { id, version, verifiedAt } = await command<AddedCredential>(call, {
    ...{
      ...shared,
      name: 'addCredential',
      inputType: 'AddCredentialInput',
      fields: 'Credential { id version verifiedAt }',
    },
    input: {
      ...{ ...credential, staffId: person.id, idempotencyKey: key },
      evidence: [{ kind: 'REGISTRY', reference: credential.number }],
    },
  });
  // A load that was cut off goes on: then it is verified already, and its version is another.
  if (verified && !verifiedAt)
    await command(call, {
      ...{
        ...shared,
        name: 'verifyCredential',
        inputType: 'VerifyCredentialInput',
        fields: 'Credential { id }',
      },
      input: { id, expectedVersion: version, idempotencyKey: `${key}/verified` },
    });
  if (hours > 0)
    await command(call, {
      ...{ ...shared, name: 'recordContinuingEducation', inputType: 'RecordContinuingEducationInput' },
      fields: 'ContinuingEducation { id }',
      input: {
        ...{
          credentialId: id,
          heldOn: addDays(plan.today, -90),
          title: 'Ethics and motivational interviewing',
        },
        ...{ hours, ethicsHours: 4, idempotencyKey: `${key}/hours` },
      },
    });
}

async function loadLeave(
  { call, plan }: Loading,
  administrator: Viewer,
  { away, cover }: { away: string; cover: string },
): Promise<void> {
  await command(call, {
    ...{ service: 'clients', viewer: administrator, name: 'recordLeave', inputType: 'RecordLeaveInput' },
    fields: 'StaffLeave { id }',
    input: {
      ...{ staffId: away, coverId: cover, idempotencyKey: `${plan.seed}/${away}/leave` },
      ...{ startsOn: addDays(plan.today, -1), endsOn: addDays(plan.today, 9) },
    },
  });
}
