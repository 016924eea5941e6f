import { command, staff, type Mutation } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan } from './plan.ts';

/** Diagnoses that were reported, use of substances, medications with their supplies, and supports. */
export async function loadClinical(
  { call, plan }: Loading,
  { key, caseManagerId, clinical }: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  if (!clinical) return;
  const viewer = staff(caseManagerId, 'CASE_MANAGER');
  const write = (name: string, type: string, input: Record<string, unknown>, step: string) => {
    const inputType = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const idempotencyKey = `${plan.seed}/${key}/${step}`;
    const mutation: Mutation = {
      ...{ service: 'treatment', viewer, name, inputType, fields: `${type} { id }` },
      input: { ...input, idempotencyKey },
    };
    return command<{ id: string }>(call, mutation);
  };
  for (const { code, ...diagnosis } of clinical.diagnoses)
    await write('recordDiagnosis', 'Diagnosis', { clientId, code, ...diagnosis }, `diagnosis/${code}`);
  for (const [at, use] of clinical.substances.entries())
    await write('recordSubstanceUse', 'SubstanceUseEntry', { clientId, ...use }, `use/${String(at)}`);
  for (const [at, { supplies, ...medication }] of clinical.medications.entries()) {
    const step = `medication/${String(at)}`;
    const { id } = await write('recordMedication', 'Medication', { clientId, ...medication }, step);
    for (const supply of supplies)
      await write(
        'recordMedicationSupply',
        'Medication',
        { medicationId: id, ...supply },
        `${step}/${supply.suppliedOn}`,
      );
  }
  for (const { item, ...support } of clinical.supports)
    await write('checkSupport', 'SupportEntry', { clientId, item, ...support }, `support/${item}`);
}
