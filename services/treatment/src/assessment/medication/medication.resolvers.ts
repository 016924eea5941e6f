import { act, byId } from '@throughline/graphql';
import { today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import * as commands from './medication.commands.ts';
import type { Medication } from './medication.ts';
import { continuityOf, coverage, gapsOf } from './supply.ts';

const MOST = 100;

const spansOf = async ({ id }: Medication, { loaders }: Context) =>
  coverage(await loaders.suppliesByMedication.load(id));

export const resolvers: Resolvers = {
  Mutation: {
    recordMedication: act(commands.recordMedication),
    endMedication: act(commands.endMedication),
    recordMedicationSupply: act(commands.recordMedicationSupply),
  },
  Client: {
    medications: async ({ id }, { activeOnly }, { loaders }) => {
      const rows = await loaders.medicationsByClient.load(id.toLowerCase());
      return rows.filter(({ endedOn }) => !activeOnly || !endedOn).slice(0, MOST);
    },
    moudContinuity: async ({ id }, _args, context) => {
      const rows = await context.loaders.medicationsByClient.load(id.toLowerCase());
      const own = rows.filter(({ moud }) => moud !== null);
      const spans = await Promise.all(own.map((row) => spansOf(row, context)));
      return continuityOf(spans.flat(), today({ now: context.now(), timeZone: context.timeZone }));
    },
  },
  Medication: {
    __resolveReference: byId('medicationById'),
    client: ({ clientId }) => ({ id: clientId }),
    isMoud: ({ moud }) => moud !== null,
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
    gaps: async (medication, _args, context) => {
      const { now, timeZone } = context;
      return gapsOf(
        await spansOf(medication, context),
        medication.endedOn ?? today({ now: now(), timeZone }),
      );
    },
  },
};
