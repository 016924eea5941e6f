import { command } from '@throughline/command';
import { hasRole } from '@throughline/graphql';
import { invalidTransition, isProblem, notFound } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { RecordScreeningInput, SignScreeningInput } from '../../generated/graphql.ts';
import { ClientAgeEntity } from '../age/client-age.entity.ts';
import { findCurrent } from '../instrument/instrument.entity.ts';
import { closeSteps } from '../next-step/next-step.entity.ts';
import { findSafetyScreens } from './find-screenings.ts';
import { ScreeningEntity } from './screening.entity.ts';
import { recordScreening as decide } from './screening.ts';
import { setOff } from './set-off.ts';
import { sign, waitsFor } from './signing.ts';

/** A unique index decides between two corrections of the same screening at the same moment. */
export const recordScreening = (context: Context, input: RecordScreeningInput) =>
  command(
    context,
    {
      ...{
        name: 'recordScreening',
        input,
        client: input.clientId,
        creates: ScreeningEntity,
        part: 'CLINICAL',
      },
      taken: () => invalidTransition('SUPERSEDED', 'recordScreening', []),
    },
    async (care, { tx, now, viewer }) => {
      const { supersedes: id, instrument: code } = input;
      const { clientId } = care;
      const corrected = id ? await tx.findOneBy(ScreeningEntity, { id, clientId, instrument: code }) : null;
      if (id && !corrected) return notFound('Screening');
      const ages = await tx.findBy(ClientAgeEntity, { clientId });
      const [safetyScreens = []] = await findSafetyScreens(tx, [clientId]);
      const known = { instrument: await findCurrent(tx, code), corrected, ages, safetyScreens };
      const at = { now, timeZone: context.timeZone };
      const decision = decide(input, known, { care, authorId: viewer.id }, at);
      if (isProblem(decision) || !decision.insert) return decision;
      const { insert } = decision;
      return { ...decision, after: () => setOff(tx, context, { screening: insert, corrected, care, at }) };
    },
  );

/** A clinician who signs without the check closes the step that asked for it. */
export const signScreening = (context: Context, input: SignScreeningInput) =>
  command(
    context,
    { name: 'signScreening', input, lock: [ScreeningEntity, input.id], part: 'CLINICAL' },
    async (screening, { tx, now, viewer }) => {
      const [safetyScreens = []] = await findSafetyScreens(tx, [screening.clientId]);
      const { id, clientId } = screening;
      const decision = sign(screening, {
        missing: waitsFor(screening, safetyScreens),
        isCorrected: await tx.existsBy(ScreeningEntity, { supersedes: id }),
        overrideReason: textOf(input.overrideReason),
        mayOverride: hasRole(viewer, 'CLINICIAN'),
        now,
      });
      if (isProblem(decision) || !decision.update?.overrideReason) return decision;
      const source = { type: 'Screening', id } as const;
      const closed = { clientId, source, what: ['C_SSRS_SCREENER'] as const, by: viewer.id, now };
      return { ...decision, also: () => closeSteps(tx, { ...closed, status: 'NOT_NEEDED' }) };
    },
  );

function textOf(reason: string | null | undefined): string | null {
  const text = reason?.trim() ?? '';
  return text === '' ? null : text;
}
