import { command, type Tools } from '@throughline/command';
import { isProblem, type Problem } from '@throughline/graphql/problems';
import { In, type EntityManager } from 'typeorm';
import { addSteps, closeSteps } from '../../assessment/next-step/next-step.entity.ts';
import { proposeSteps } from '../../assessment/next-step/next-step.ts';
import { recomputeRisk } from '../../assessment/risk/recompute-risk.ts';
import type { Context } from '../../context.ts';
import type {
  AcknowledgeCrisisInput,
  CrisisStepInput,
  HandOffCrisisInput,
  OpenCrisisInput,
} from '../../generated/graphql.ts';
import { CrisisAlertEntity, CrisisStepEntity } from './crisis-alert.entity.ts';
import {
  change,
  type CrisisAlert,
  type CrisisCommand,
  type CrisisLevel,
  type Doing,
} from './crisis-alert.ts';

/** A second opening answers the open crisis. */
export const openCrisis = (context: Context, input: OpenCrisisInput) =>
  command(
    context,
    { name: 'openCrisis', input, client: input.clientId, creates: CrisisAlertEntity, part: 'CLINICAL' },
    async (care, { tx, now, viewer }) => {
      const { consequences, timeZone } = context;
      const { cause, note = null } = input;
      const level = input.level as CrisisLevel;
      const opening = { clientId: care.clientId, level, cause, note, screeningId: null, openedBy: viewer.id };
      const { alert, facts } = await consequences.openCrisis(tx, opening, care, { now, timeZone });
      const at = { now, timeZone };
      return {
        ...{ answer: alert, facts },
        after: () => recomputeRisk(tx, consequences.driverSources, care.clientId, at),
      };
    },
  );

/** Without expected version: in an emergency the first acknowledgement counts, and the second person sees whose it was. */
export const acknowledgeCrisis = (context: Context, input: AcknowledgeCrisisInput) =>
  command(
    context,
    { name: 'acknowledgeCrisis', input, lock: [CrisisAlertEntity, input.id], part: 'CLINICAL' },
    (alert, tools) =>
      alert.acknowledgedAt ? { answer: alert } : decide(context, tools, alert, { does: 'acknowledge' }),
  );

const step =
  (name: string, does: CrisisCommand) =>
  (context: Context, input: CrisisStepInput & { handedOffTo?: string }) =>
    command(context, { name, input, lock: [CrisisAlertEntity, input.id], part: 'CLINICAL' }, (alert, tools) =>
      decide(context, tools, alert, { ...input, does }),
    );

export const startCrisisResponse = step('startCrisisResponse', 'startResponse');
export const stabiliseCrisis = step('stabiliseCrisis', 'stabilise');
export const reportClientNotLocated = step('reportClientNotLocated', 'reportNotLocated');
export const reviewCrisis = step('reviewCrisis', 'review');
export const handOffCrisis: (context: Context, input: HandOffCrisisInput) => Promise<CrisisAlert | Problem> =
  step('handOffCrisis', 'handOff');

function decide(
  { consequences, timeZone }: Context,
  { tx, now, viewer, care }: Tools,
  alert: CrisisAlert,
  { does, note, handedOffTo }: Pick<Doing, 'note' | 'handedOffTo'> & { does: CrisisCommand },
) {
  const changed = change(alert, does, { by: viewer.id, now, note, handedOffTo });
  if (isProblem(changed)) return changed;
  const at = { now, timeZone };
  return {
    ...{ update: changed.alert, facts: changed.facts },
    also: async () => {
      await tx.insert(CrisisStepEntity, changed.step);
      await stepsAfter(tx, alert, changed.alert, { care, at, by: viewer.id });
    },
    after: () => recomputeRisk(tx, consequences.driverSources, alert.clientId, at),
  };
}

interface Ending {
  care: Tools['care'];
  at: { now: Date; timeZone: string };
  by: string;
}

const contacts = [
  { what: 'CRISIS_CONTACT_24H', owner: 'CASE_MANAGER', within: { hours: 24 } },
  { what: 'CRISIS_CONTACT_72H', owner: 'CASE_MANAGER', within: { hours: 72 } },
] as const;
const review = { what: 'CRISIS_REVIEW', owner: 'SUPERVISOR', within: { businessDays: 1 } } as const;

/** After a crisis: two contacts, and the review that the supervisor owes. Source: infra/reference/domain.md 4.4. */
async function stepsAfter(
  tx: EntityManager,
  before: CrisisAlert,
  { id, clientId, state, resolvedAt }: CrisisAlert,
  { care, at, by }: Ending,
): Promise<void> {
  const source = { type: 'CrisisAlert', id } as const;
  const people = { care, authorId: by, byClinician: false };
  const cause = { clientId, sourceType: source.type, sourceId: id, ...people };
  const isOver = resolvedAt !== null && before.resolvedAt === null && state !== 'REVIEWED';
  const wanted = [...(isOver ? contacts : []), ...(isOver || state === 'CLIENT_NOT_LOCATED' ? [review] : [])];
  await addSteps(
    tx,
    proposeSteps(
      wanted.map((one) => ({ ...one, why: 'CRISIS_OVER' as const })),
      cause,
      at,
    ),
  );
  if (state !== 'REVIEWED') return;
  // One open step stands for all crises that wait for a review.
  const waiting = { clientId, state: In(['STABILISED', 'HANDED_OFF', 'CLIENT_NOT_LOCATED']) };
  if (await tx.existsBy(CrisisAlertEntity, waiting)) return;
  await closeSteps(tx, { clientId, by, now: at.now, what: ['CRISIS_REVIEW'], status: 'DONE' });
}
