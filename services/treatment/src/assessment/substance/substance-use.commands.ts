import { command } from '@throughline/command';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { RecordSubstanceUseInput } from '../../generated/graphql.ts';
import { addSteps } from '../next-step/next-step.entity.ts';
import { proposeSteps, type Cause } from '../next-step/next-step.ts';
import { SubstanceUseEntity } from './substance-use.entity.ts';
import * as substances from './substance-use.ts';

/** Use of opioids asks for an offer of naloxone, in the same transaction. */
export const recordSubstanceUse = (context: Context, input: RecordSubstanceUseInput) =>
  command(
    context,
    {
      ...{ name: 'recordSubstanceUse', input, client: input.clientId, creates: SubstanceUseEntity },
      part: 'CLINICAL',
      check: (now) => substances.substanceFaults(input, { now, timeZone: context.timeZone }),
    },
    (care, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const recorded = substances.recordSubstanceUse(care.clientId, input, { id: viewer.id, now });
      const use = isProblem(recorded) ? null : recorded.insert;
      if (isProblem(recorded) || !use || !substances.asksForNaloxone(use, at)) return recorded;
      const offer = { what: 'NALOXONE_OFFER', why: 'OPIOID_USE', owner: 'CASE_MANAGER' } as const;
      const cause: Cause = {
        ...{ clientId: care.clientId, sourceType: 'SubstanceUseEntry' as const, sourceId: use.id, care },
        ...{ authorId: viewer.id, byClinician: false },
      };
      const steps = proposeSteps([{ ...offer, within: { businessDays: 1 } }], cause, at);
      return { ...recorded, also: () => addSteps(tx, steps) };
    },
  );
