import { act } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { recordOutcomeData } from './outcome-data.commands.ts';
import {
  changeFromBaseline,
  type OutcomeContent,
  type OutcomeData,
  type OutcomeMoment,
} from './outcome-data.ts';

async function sheet(id: string, moment: OutcomeMoment, { loaders }: Context): Promise<OutcomeData | null> {
  const sheets = await loaders.outcomeDataByEpisode.load(id);
  return sheets.find((one) => one.moment === moment) ?? null;
}

const answer = (field: keyof OutcomeContent) => {
  return ({ content }: OutcomeData) => (content[field] ?? null) as never;
};

export const resolvers: Resolvers = {
  Mutation: { recordOutcomeData: act(recordOutcomeData) },
  Episode: {
    baselineData: ({ id }, _args, context) => sheet(id, 'ADMISSION', context),
    dischargeData: ({ id }, _args, context) => sheet(id, 'DISCHARGE', context),
    changeFromBaseline: async ({ id }, _args, context) => {
      const [before, after] = await Promise.all([
        sheet(id, 'ADMISSION', context),
        sheet(id, 'DISCHARGE', context),
      ]);
      return before && after ? changeFromBaseline(before.content, after.content) : null;
    },
  },
  OutcomeData: {
    arrestsPast30Days: answer('arrestsPast30Days'),
    selfHelpPast30Days: answer('selfHelpPast30Days'),
    employment: answer('employment'),
    living: answer('living'),
    educationYears: answer('educationYears'),
    legalStatus: answer('legalStatus'),
    substances: ({ content }) => [...(content.substances ?? [])] as never,
    medicationForOpioidUse: answer('medicationForOpioidUse'),
    maritalStatus: answer('maritalStatus'),
    monthlyIncome: answer('monthlyIncome'),
    incomeSource: answer('incomeSource'),
    pregnantOrPostpartum: answer('pregnantOrPostpartum'),
    dependents: answer('dependents'),
    priorSudAdmissions: answer('priorSudAdmissions'),
    psychiatricHospitalisationPast30Days: answer('psychiatricHospitalisationPast30Days'),
    psychiatricEmergencyVisitsPast6Months: answer('psychiatricEmergencyVisitsPast6Months'),
    involuntaryReason: answer('involuntaryReason'),
    accommodations: answer('accommodations'),
    recordedBy: ({ recordedBy }) => ({ id: recordedBy }),
  },
};
