import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addProgramModel, changeProgramModel } from './program-model.commands.ts';
import { findModels } from './program-model.entity.ts';

export const resolvers: Resolvers = {
  Query: { programModels: (_root, _args, { db }) => findModels(db.manager) },
  Mutation: {
    addProgramModel: act(addProgramModel),
    changeProgramModel: act(changeProgramModel),
  },
};
