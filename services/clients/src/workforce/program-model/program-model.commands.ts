import { command } from '@throughline/command';
import { invalidInput } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { AddProgramModelInput, ChangeProgramModelInput } from '../../generated/graphql.ts';
import { ProgramModelEntity } from './program-model.entity.ts';
import { addModel } from './program-model.ts';

const taken = { path: 'code', code: 'DUPLICATE', message: 'A model has this code. Change that one.' };

export const addProgramModel = (context: Context, input: AddProgramModelInput) =>
  command(
    context,
    {
      ...{ name: 'addProgramModel', input, creates: ProgramModelEntity },
      taken: () => invalidInput([taken]),
    },
    (_none, { now }) => {
      const { code, label, points, heads } = input;
      return addModel({ code, label, points, heads }, now);
    },
  );

/** The database schedules the new bands of all caseloads in it. */
export const changeProgramModel = (context: Context, input: ChangeProgramModelInput) =>
  command(context, { name: 'changeProgramModel', input, lock: [ProgramModelEntity, input.id] }, (model) => ({
    update: {
      ...model,
      label: input.label ?? model.label,
      points: input.points ?? model.points,
      heads: input.heads ?? model.heads,
    },
  }));
