import { addDays } from '@throughline/privacy';
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
  loading: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
): Promise<void> {
  const { call, plan } = loading;
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
  if (episode.hospital) await loadHospital(loading, client, { clientId, episodeId: found.id });
  if (found.phase === 'ENDED') return;
  for (const phase of episode.phases.slice(episode.phases.indexOf(found.phase) + 1)) {
    const input = { id: found.id, expectedVersion: found.version, phase };
    found = await command(call, inTreatment(client, 'changeEpisodePhase', fields, input));
  }
  if (!episode.end) return;
  const input = { id: found.id, expectedVersion: found.version, ...episode.end };
  await command(call, inTreatment(client, 'endEpisode', fields, input));
}

/** A stay before the next phases, so that the version of the episode is always the first one. */
async function loadHospital(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId, episodeId }: { clientId: string; episodeId: string },
): Promise<void> {
  const hospital = client.episode?.hospital;
  if (!hospital) return;
  const key = (step: string) => ({ idempotencyKey: `${plan.seed}/${client.key}/${step}` });
  const admit = (input: Record<string, unknown>, step: string) =>
    command<Versioned>(
      call,
      inTreatment(client, 'admitStay', 'Stay { id version }', {
        ...{ episodeId, expectedVersion: 1, ...input, ...key(step) },
      }),
    );
  const { id } = await admit(hospital.admission, 'stay');
  const discharge = { id, expectedVersion: 1, ...hospital.discharge, ...key('discharge') };
  await command(call, inTreatment(client, 'dischargeStay', 'Stay { id }', discharge));
  await loadTransition({ call, plan }, client, { episodeId, fromStayId: id });
  const visit = hospital.visit && { clientId, ...hospital.visit, ...key('visit') };
  if (visit) await command(call, inTreatment(client, 'recordVisit', 'Visit { id }', visit));
  if (hospital.readmission) await admit(hospital.readmission, 'return');
}

/** From the hospital to the clinic: three commands where somebody arrived, one where nobody says so. */
async function loadTransition(
  { call, plan }: Pick<Loading, 'call' | 'plan'>,
  client: ClientPlan,
  place: { episodeId: string; fromStayId: string },
): Promise<void> {
  const transition = client.episode?.hospital?.transition;
  if (!transition) return;
  const step = (name: string, input: Record<string, unknown>) =>
    command<Versioned>(
      call,
      inTreatment(client, name, 'CareTransition { id version }', {
        ...input,
        idempotencyKey: `${plan.seed}/${client.key}/${name}`,
      }),
    );
  const { id } = await step('planTransition', { ...place, ...transition.plan });
  const { arrivedAt } = transition;
  if (arrivedAt === null) return;
  await step('recordArrival', { id, expectedVersion: 1, toldBy: 'Front desk', arrivedAt });
  await step('completeTransition', { id, expectedVersion: 2 });
}

/** The crisis is of tonight: the referrals of before it are made first, because in a crisis none is. */
export async function loadScreenings(
  { call, plan }: Loading,
  client: ClientPlan,
  { clientId }: LoadedClient,
  when: 'BEFORE' | 'TONIGHT',
): Promise<void> {
  for (const [index, { daysAgo, ...screening }] of client.screenings.entries()) {
    if ((screening.instrument === 'C-SSRS') !== (when === 'TONIGHT')) continue;
    const input = {
      clientId,
      ...screening,
      administeredOn: addDays(plan.today, -daysAgo),
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
  const shown = await command<{ content: { hash: string } }>(
    call,
    inTreatment(client, 'openCarePlan', 'CarePlan { content { hash } }', { clientId, idempotencyKey }),
  );
  const answer = { clientAgreed: true, contentHash: shown.content.hash };
  const input = { id: opened.id, expectedVersion: opened.version, ...answer };
  await command(call, inTreatment(client, 'activateCarePlan', fields, input));
  if (carePlan.daysAgo > 0) await loading.activateEarlier(opened.id, carePlan.daysAgo);
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
  await loadWork(call, client, { goalId: added.id, key: String(place.idempotencyKey) });
}

/** What is done for the goal, and the first step on the way. */
async function loadWork(
  call: Loading['call'],
  client: ClientPlan,
  { goalId, key }: { goalId: string; key: string },
): Promise<void> {
  const what = { type: 'GUIDANCE', what: 'Look at the next step together', rhythm: 'WEEKLY' };
  const work = { goalId, ...what, idempotencyKey: `${key}/work` };
  await command(call, inTreatment(client, 'addIntervention', 'Intervention { id }', work));
  const step = { goalId, title: 'First step agreed and written down', idempotencyKey: `${key}/step` };
  await command(call, inTreatment(client, 'addMilestone', 'Milestone { id }', step));
}
