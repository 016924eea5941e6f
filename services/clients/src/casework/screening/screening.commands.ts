import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { DecideScreeningInput } from '../../generated/graphql.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { writingMove } from '../case-file/write-move.ts';
import { ScreeningDecisionEntity } from './screening.entity.ts';
import { decideScreening as decide } from './screening.ts';

/** Intake workers decide, too: they may write the social part of the record. */
export const decideScreening = (context: Context, input: DecideScreeningInput) =>
  command(
    context,
    { name: 'decideScreening', input, lock: [CaseFileEntity, input.caseId], part: 'SOCIAL' },
    (caseFile, { tx, now, viewer }) => {
      const decided = decide(caseFile, input, viewer.id, { now, timeZone: context.timeZone });
      if (isProblem(decided)) return decided;
      const change = writingMove(decided.moved, context);
      const also = async () => {
        await tx.insert(ScreeningDecisionEntity, decided.decision);
        await change.also(tx);
      };
      return { ...change, also };
    },
  );
