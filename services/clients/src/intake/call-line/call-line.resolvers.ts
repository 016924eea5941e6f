import { act } from '@throughline/graphql';
import type { Resolvers } from '../../generated/graphql.ts';
import { addCallLine, changeCallLine, retireCallLine } from './call-line.commands.ts';
import { findLines } from './call-line.entity.ts';
import { speaks } from './choose-lines.ts';
import type { CallLine } from './call-line.ts';
import { closesAt, isOpenAt, nextOpening } from './opening.ts';

/** A line, seen from an instant that the caller named. */
interface LineAt extends CallLine {
  at?: Date;
}

function momentOfLine({ at }: LineAt, now: () => Date): Date {
  return at ?? now();
}

export const resolvers: Resolvers = {
  Query: {
    callLines: async (_root, { at, kind, language }, { db, now }) => {
      const lines = await findLines(db.manager, kind ? [kind] : undefined);
      const spoken = language ? lines.filter((line) => speaks(line, language)) : lines;
      return spoken.map((line): LineAt => ({ ...line, at: at ?? now() }));
    },
  },
  Mutation: {
    addCallLine: act(addCallLine),
    changeCallLine: act(changeCallLine),
    retireCallLine: act(retireCallLine),
  },
  CallLine: {
    __resolveReference: ({ id }, { loaders }) => loaders.callLineById.load(id),
    alwaysOpen: ({ hours }) => hours.length === 0,
    isOpenNow: (line, _args, { now }) => isOpenAt(line, momentOfLine(line, now)),
    nextOpening: (line, _args, { now }) => nextOpening(line, momentOfLine(line, now)),
    closesAt: (line, _args, { now }) => closesAt(line, momentOfLine(line, now)),
  },
};
