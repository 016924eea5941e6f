import { command, staff, type Mutation } from './asking.ts';
import type { LoadedClient, Loading } from './loading.ts';
import type { ClientPlan, GoalPlan } from './plan.ts';

interface Versioned {
  id: string;
  version: number;
}

const inTreatment = (
  { caseManagerId }: ClientPlan,
  name: string,
  fields: string,
  input: Record<string, unknown>,
): Mutation => ({
  service: 'treatment',
  viewer: staff(caseManagerId, 'CASE_MANAGER'),
  name,
  inputType: `${name[0]?.toUpperCase() ?? ''}${name.slice(1)}Input`,
  fields,
  input,
});

/** Goes on where an earlier load stopped: what the episode has behind it is not done again. */
export async function loadEpisode(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  const { episode } = client;
  if (!episode) return;
  const fields = 'Episode { id phase version }';
  let found = await command<Versioned & { phase: string }>(
    call,
    inTreatment(client, 'startEpisode', fields, {
      clientId,
      ...episode.start,
      idempotencyKey: `${plan.seed}/${client.key}/episode`,
    }),
  );
  if (found.phase === 'ENDED') return;
  for (const phase of episode.phases.slice(episode.phases.indexOf(found.phase) + 1)) {
    const input = { id: found.id, expectedVersion: found.version, phase };
    found = await command(call, inTreatment(client, 'changeEpisodePhase', fields, input));
  }
  if (!episode.end) return;
  const input = { id: found.id, expectedVersion: found.version, ...episode.end };
  await command(call, inTreatment(client, 'endEpisode', fields, input));
}

export async function loadScreenings(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  for (const [index, screening] of client.screenings.entries()) {
    const input = {
      clientId,
      ...screening,
      administeredOn: plan.today,
      idempotencyKey: `${plan.seed}/${client.key}/screening/${index}`,
    };
    await command(call, inTreatment(client, 'recordScreening', 'Screening { id }', input));
  }
}

/** Goals first, then the plan goes into force with them. */
export async function loadCarePlan(
  loading: Loading,
  client: ClientPlan,
  { clientId, needIds }: LoadedClient,
): Promise<void> {
  const { call, plan } = loading;
  const { carePlan } = client;
  if (!carePlan) return;
  const fields = 'CarePlan { id status version }';
  const idempotencyKey = `${plan.seed}/${client.key}/care-plan`;
  const opened = await command<Versioned & { status: string }>(
    call,
    inTreatment(client, 'openCarePlan', fields, { clientId, idempotencyKey }),
  );
  for (const [index, goal] of carePlan.goals.entries())
    await loadGoal(loading, client, goal, {
      carePlanId: opened.id,
      needId: needIds[goal.needIndex],
      idempotencyKey: `${plan.seed}/${client.key}/goal/${index}`,
    });
  if (!carePlan.active || opened.status !== 'DRAFT') return;
  const input = { id: opened.id, expectedVersion: opened.version, clientAgreed: true };
  await command(call, inTreatment(client, 'activateCarePlan', fields, input));
}

async function loadGoal(
  { call }: Loading,
  client: ClientPlan,
  { active, needIndex: _position, ...goal }: GoalPlan,
  place: Record<string, unknown>,
): Promise<void> {
  const fields = 'Goal { id lifecycle version }';
  const added = await command<Versioned & { lifecycle: string }>(
    call,
    inTreatment(client, 'addGoal', fields, { ...goal, ...place }),
  );
  if (!active || added.lifecycle !== 'PROPOSED') return;
  const input = { id: added.id, expectedVersion: added.version };
  await command(call, inTreatment(client, 'activateGoal', fields, input));
}
