import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type {
  EndMedicationInput,
  RecordMedicationInput,
  RecordMedicationSupplyInput,
} from '../../generated/graphql.ts';
import { MedicationEntity, MedicationSupplyEntity } from './medication.entity.ts';
import * as medications from './medication.ts';
import { awaitGap } from './moud-gap.ts';

const part = 'CLINICAL';

export const recordMedication = (context: Context, input: RecordMedicationInput) =>
  command(
    context,
    {
      ...{ name: 'recordMedication', input, client: input.clientId, creates: MedicationEntity, part },
      check: (now) => medications.medicationFaults(input, { now, timeZone: context.timeZone }),
    },
    ({ clientId }, { now, viewer }) =>
      medications.recordMedication(clientId, input, {
        ...{ id: viewer.id, at: { now, timeZone: context.timeZone } },
      }),
  );

export const endMedication = (context: Context, input: EndMedicationInput) =>
  command(
    context,
    { name: 'endMedication', input, lock: [MedicationEntity, input.id], part },
    (medication, { tx, now }) => {
      const ended = medications.endMedication(medication, input, { now, timeZone: context.timeZone });
      if (isProblem(ended)) return ended;
      const also = () => awaitGap(tx, ended.update ?? medication, context.timeZone);
      return { ...ended, also };
    },
  );

/** The medication is locked: two supplies at the same moment count one after the other. */
export const recordMedicationSupply = (context: Context, input: RecordMedicationSupplyInput) =>
  command(
    context,
    { name: 'recordMedicationSupply', input, lock: [MedicationEntity, input.medicationId], part },
    async (medication, { tx, now, viewer }) => {
      const before = await tx.findBy(MedicationSupplyEntity, { medicationId: medication.id });
      const by = { id: viewer.id, at: { now, timeZone: context.timeZone } };
      const supplied = medications.supplyMedication(medication, input, { before, by });
      if (isProblem(supplied)) return supplied;
      return {
        ...{ update: supplied.update, facts: supplied.facts },
        also: async () => {
          await tx.insert(MedicationSupplyEntity, supplied.supply);
          await awaitGap(tx, supplied.update, context.timeZone);
        },
      };
    },
  );
