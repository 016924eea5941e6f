import { lockRow } from '@throughline/command';
import { ownCause } from '@throughline/events';
import { record, schedule, unschedule, type Job } from '@throughline/messaging';
import { startOfDay, type Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { StaffMemberEntity } from '../case-manager/case-manager.entity.ts';
import { CredentialEntity, CredentialTypeEntity } from './credential.entity.ts';
import type { Credential, CredentialType } from './credential.ts';
import { factOf, nextStep, stepsOf, type Step } from './expiry-ladder.ts';
import { qualificationFact } from './tell-qualification.ts';

export const expiryLadderJob = 'credential.expiry';

/** The step that is due: the credential, its last day then, and how many days before it. */
const payloadShape = z.object({ credentialId: z.uuid(), expiresOn: z.string(), daysLeft: z.int() });

/** Sets the timer for the next step, or takes it back when none follows. */
export async function awaitNextStep(
  tx: EntityManager,
  credential: Credential,
  type: CredentialType,
  { told = null, ...at }: Moment & { told?: Step | null },
): Promise<void> {
  const jobKey = `${expiryLadderJob}:${credential.id}`;
  const next = nextStep(stepsOf(credential, type), at, told);
  if (!next) return unschedule(tx, jobKey);
  const payload = { credentialId: credential.id, expiresOn: credential.expiresOn, daysLeft: next.daysLeft };
  await schedule(tx, expiryLadderJob, payload, { runAt: next.at, jobKey });
}

/** Tells a step and sets the timer for the next one. A credential that was renewed or withdrawn meanwhile tells nothing. */
export function climbLadder({ now, timeZone }: { now: () => Date; timeZone: string }): Job {
  return (payload, { dataSource }) =>
    dataSource.transaction(async (tx) => {
      const { credentialId, expiresOn, daysLeft } = payloadShape.parse(payload);
      const credential = await lockRow(tx, CredentialEntity, credentialId);
      const type = credential && (await tx.findOneBy(CredentialTypeEntity, { code: credential.typeCode }));
      if (!type) return;
      const at = { now: now(), timeZone };
      const step = stepsOf(credential, type).find((one) => one.daysLeft === daysLeft);
      if (!step || credential.expiresOn !== expiresOn) return;
      // The clock of the database is ahead of ours. A job that fails is run again a little later.
      if (startOfDay(step.on, timeZone) > at.now) throw new Error('The day of the warning has not come yet');

      const cause = ownCause('clients', at.now);
      const holder = await tx.findOneByOrFail(StaffMemberEntity, { id: credential.staffId });
      const qualification = await qualificationFact(tx, holder, at);
      await record(tx, cause, factOf(credential, step, type.graceDays, at.now), qualification);
      await awaitNextStep(tx, credential, type, { ...at, told: step });
    });
}
