import { addDays } from '@throughline/privacy';
import { command, type staff } from './asking.ts';
import type { Loading } from './loading.ts';

/** A rota of the clinicians, a week each, since four weeks ago. */
export async function loadRota(
  { call, plan }: Loading,
  administrator: ReturnType<typeof staff>,
): Promise<void> {
  const clinicians = plan.staff.filter(({ roles }) => roles.includes('CLINICIAN'));
  await command(call, {
    ...{ service: 'notifications', viewer: administrator, name: 'startOnCallRota' },
    ...{ inputType: 'StartOnCallRotaInput', fields: 'OnCallRota { id }' },
    input: {
      ...{ name: 'On call', startsOn: addDays(plan.today, -28), handOverAt: '08:00', turnDays: 7 },
      staffIds: clinicians.map(({ id }) => id),
      idempotencyKey: `${plan.seed}/rota`,
    },
  });
}
