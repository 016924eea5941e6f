import { command } from '@throughline/command';
import { caseFacts } from '@throughline/events';
import type { Context } from '../../context.ts';
import type { SetCaseModifiersInput } from '../../generated/graphql.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { refusalOf } from '../case-file/moves.ts';
import { keepModifiers } from './modifier.entity.ts';

/** The caseload follows by itself: a trigger of the table schedules it. Source: infra/reference/domain.md 1.4. */
export const setCaseModifiers = (context: Context, input: SetCaseModifiersInput) =>
  command(
    context,
    {
      ...{ name: 'setCaseModifiers', input, part: 'CASE' as const },
      lock: [CaseFileEntity, input.caseId] as const,
    },
    (caseFile, { tx, now, viewer }) => {
      const refusal = refusalOf(caseFile, 'DESCRIBE');
      if (refusal) return refusal;
      const { id: caseId, clientId } = caseFile;
      const modifiers = [...new Set(input.modifiers)].sort();
      return {
        facts: [caseFacts.described.of(clientId, now, { clientId, caseId })],
        also: () => keepModifiers(tx, { caseId, clientId, modifiers, changedAt: now, changedBy: viewer.id }),
      };
    },
  );
