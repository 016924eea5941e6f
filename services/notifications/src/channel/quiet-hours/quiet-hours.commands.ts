import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { UpdateQuietHoursInput } from '../../generated/graphql.ts';
import { QuietHoursEntity } from './quiet-hours.entity.ts';
import { quietFaults } from './quiet-hours.ts';

/** Sets the quiet hours of the viewer. The catalogue says which codes ignore them; nobody can change that here. */
export const updateQuietHours = (context: Context, { from, to }: UpdateQuietHoursInput) =>
  command(
    context,
    { name: 'updateQuietHours', input: {}, check: () => quietFaults({ from, to }) },
    (_none, { tx, now, viewer }) => ({
      answer: { from, to },
      also: () => tx.upsert(QuietHoursEntity, { staffId: viewer.id, from, to, changedAt: now }, ['staffId']),
    }),
  );
