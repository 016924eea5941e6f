import { forbidden, invalidInput, type Forbidden, type InvalidInput } from '@throughline/graphql';
import type { Context } from '../../context.ts';
import { QuietHoursEntity } from './quiet-hours.entity.ts';
import { faultOf, type QuietHours } from './quiet-hours.ts';

const words = {
  NOT_A_TIME: 'Give both times as HH:mm, for example 21:00.',
  EMPTY: 'The two times are the same: give a start and an end.',
  TOO_LONG: 'Quiet hours last 14 hours at most.',
};

/** Sets the quiet hours of the viewer. The catalogue says which codes ignore them; nobody can change that here. */
export async function updateQuietHours(
  { db, viewer, now }: Context,
  { from, to }: QuietHours,
): Promise<QuietHours | InvalidInput | Forbidden> {
  if (viewer.graph !== 'STAFF') return forbidden('Quiet hours belong to members of staff.');
  const code = faultOf({ from, to });
  if (code)
    return invalidInput([{ path: code === 'NOT_A_TIME' ? 'from' : 'to', code, message: words[code] }]);

  await db.manager.upsert(QuietHoursEntity, { staffId: viewer.id, from, to, changedAt: now() }, ['staffId']);
  return { from, to };
}
