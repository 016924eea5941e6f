import { command } from '@throughline/command';
import { hasRole } from '@throughline/graphql';
import { invalidInput } from '@throughline/graphql/problems';
import { today } from '@throughline/privacy';
import { In, type EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ChangeDiagnosisInput, RecordDiagnosisInput } from '../../generated/graphql.ts';
import { findListOn, yearsWith } from '../diagnosis-code/code-list.entity.ts';
import { findLicence } from '../scope/held-credential.entity.ts';
import { DiagnosisEntity } from './diagnosis.entity.ts';
import * as diagnoses from './diagnosis.ts';

const part = 'CLINICAL';

/** Partial unique indexes decide between two at the same moment. */
export const recordDiagnosis = (context: Context, input: RecordDiagnosisInput) =>
  command(
    context,
    {
      ...{ name: 'recordDiagnosis', input, client: input.clientId, creates: DiagnosisEntity, part },
      taken: () => takenAt(input.isPrincipal ?? false),
    },
    async ({ clientId }, { tx, now }) => {
      const at = { now, timeZone: context.timeZone };
      const list = await findListOn(tx, today(at));
      const otherYears = list?.find(input.code) ? [] : await yearsWith(tx, input.code);
      const known = { list, otherYears, active: await findActive(tx, clientId) };
      return diagnoses.recordDiagnosis(clientId, input, known, { by: await author(context, tx, now), at });
    },
  );

export const changeDiagnosis = (context: Context, input: ChangeDiagnosisInput) =>
  command(
    context,
    {
      ...{ name: 'changeDiagnosis', input, lock: [DiagnosisEntity, input.id], part },
      taken: () => takenAt(true),
    },
    async (diagnosis, { tx, now }) => {
      const active = await findActive(tx, diagnosis.clientId);
      const by = await author(context, tx, now);
      return diagnoses.changeDiagnosis(diagnosis, input, {
        ...{ active, by, at: { now, timeZone: context.timeZone } },
      });
    },
  );

function findActive(tx: EntityManager, clientId: string): Promise<diagnoses.Diagnosis[]> {
  return tx.findBy(DiagnosisEntity, { clientId, status: In(diagnoses.activeStatuses) });
}

/** The role of a clinician and a licence, both: the role alone does not say for what. */
async function author(
  { viewer, timeZone }: Context,
  tx: EntityManager,
  now: Date,
): Promise<diagnoses.Author> {
  const day = today({ now, timeZone });
  const licence = hasRole(viewer, 'CLINICIAN')
    ? await findLicence(tx, 'DIAGNOSE', { staffId: viewer.id, day })
    : null;
  return { id: viewer.id, licence };
}

function takenAt(isPrincipal: boolean) {
  const same = { path: 'code', code: 'DUPLICATE', message: 'The client has this diagnosis already.' };
  return invalidInput([isPrincipal ? diagnoses.anotherPrincipal(null) : same]);
}
