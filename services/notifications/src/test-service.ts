import { uuidV7, type Actor, type Fact } from '@throughline/events';
import type { Role, Viewer } from '@throughline/graphql';
import type { Transport } from '@throughline/messaging';
import { aViewer as aMember, startTestService } from '@throughline/service/testing';
import { notificationsConfig } from './config.ts';
import { migrate } from './database.ts';
import { startNotifications } from './service.ts';

const notifications = {
  ...{ name: 'notifications' as const, config: notificationsConfig },
  ...{ start: startNotifications, migrate },
};
const partner: Actor = { kind: 'PARTNER', id: uuidV7(new Date()), agencyId: uuidV7(new Date()) };

/** The real service on its own database, with a clock that the test moves. */
export async function testService({
  transport,
  settings = {},
}: { transport?: Transport; settings?: Record<string, unknown> } = {}) {
  // In the future, so that the queue, which uses the clock of the database, runs nothing by itself.
  const now = new Date('2036-03-03T15:00:00Z');
  const service = await startTestService(notifications, { now, settings, ...(transport && { transport }) });
  return {
    ...{ ...service, clock: service.clock as { now: Date }, ask: service.get },
    hear: (facts: readonly Fact[], actor: Actor = partner) => service.hear(facts, { actor }),
    /** Makes everything due that waits to leave the application, as if time had passed. */
    runDeliveries: () =>
      service.db.query(
        `select graphile_worker.reschedule_jobs(
           array(select id from graphile_worker.jobs where key like 'delivery:%' and locked_at is null),
           run_at => now() - interval '1 second')`,
      ),
    /** Makes the waiting escalations of a client due, as if time had passed. */
    runEscalations: (clientId: string) =>
      service.db.query(
        `select graphile_worker.reschedule_jobs(
           array(select j.id from graphile_worker.jobs j join escalation e on j.key = 'escalation:' || e.id
                 where e.client_id = $1),
           run_at => now() - interval '1 second')`,
        [clientId],
      ),
  };
}

export type TestService = Awaited<ReturnType<typeof testService>>;

export function aViewer(id: string, roles: Role[], more: Partial<Viewer> = {}): Viewer {
  return aMember(roles, { id, ...more });
}
