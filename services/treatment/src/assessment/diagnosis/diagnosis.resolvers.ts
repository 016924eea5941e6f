import { act, byId } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { changeDiagnosis, recordDiagnosis } from './diagnosis.commands.ts';
import { isActive } from './diagnosis.ts';

const MOST = 100;

export const resolvers: Resolvers = {
  Mutation: { recordDiagnosis: act(recordDiagnosis), changeDiagnosis: act(changeDiagnosis) },
  Client: {
    diagnoses: async ({ id }, { activeOnly }, { loaders }) => {
      const rows = await loaders.diagnosesByClient.load(id.toLowerCase());
      return rows.filter((row) => !activeOnly || isActive(row)).slice(0, MOST);
    },
  },
  Diagnosis: {
    __resolveReference: byId('diagnosisById'),
    client: ({ clientId }) => ({ id: clientId }),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
