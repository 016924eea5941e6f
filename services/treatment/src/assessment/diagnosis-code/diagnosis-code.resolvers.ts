import { readPage } from '@throughline/graphql';
import { today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { kindOf, labelsOf } from './code-kind.ts';
import { findListOn } from './code-list.entity.ts';
import { isOutdated } from './code-list.ts';

const MOST = 50;

const currentList = ({ db, now, timeZone }: Context) =>
  findListOn(db.manager, today({ now: now(), timeZone }));

export const resolvers: Resolvers = {
  Query: {
    diagnosisCodes: async (_root, { search, ...args }, context) => {
      const { first } = readPage({ ...args, after: null }, 'diagnosis codes');
      const list = await currentList(context);
      const found = list?.search(search.slice(0, 200), Math.min(first, MOST)) ?? [];
      const year = list?.head.year ?? 0;
      return found.map(({ code, label }) => ({
        ...{ code, label, year, kind: kindOf(code), labels: labelsOf(code) },
      }));
    },
    diagnosisCodeList: async (_root, _args, context) => (await currentList(context))?.head ?? null,
  },
  DiagnosisCodeList: { isOutdated: (head, _args, { now }) => isOutdated(head, now()) },
};
