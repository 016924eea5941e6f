import type { Care } from '@throughline/care';
import type { Fact } from '@throughline/events';
import type { Moment } from '@throughline/privacy';
import { In, LessThanOrEqual, type EntityManager } from 'typeorm';
import { addSteps } from '../../assessment/next-step/next-step.entity.ts';
import { proposeSteps } from '../../assessment/next-step/next-step.ts';
import { newCrisis, openedFact, openStates, type CrisisAlert, type CrisisOpening } from './crisis-alert.ts';
import { CrisisAlertEntity, CrisisStepEntity } from './crisis-alert.entity.ts';

/** Opens a crisis inside the transaction of the record that led to it; answers its facts. */
export type OpenCrisis = (
  tx: EntityManager,
  opening: CrisisOpening,
  care: Pick<Care, 'caseManagerId' | 'supervisorId'> | null,
  at: Moment,
) => Promise<{ alert: CrisisAlert; facts: Fact[] }>;

/**
 * An open crisis of the same cause and at least the same urgency is the crisis: a second opening pages nobody again.
 * A partial unique index decides between two at the same moment. Source: infra/reference/domain.md 4.4.
 */
export const openCrisis: OpenCrisis = async (tx, opening, care, at) => {
  const { alert, step } = newCrisis(opening, at.now);
  const { clientId, cause, level } = alert;
  const same = { clientId, cause, level: LessThanOrEqual(level), state: In([...openStates]) };
  const present = await tx.findOneBy(CrisisAlertEntity, same);
  if (present) return { alert: present, facts: [] };

  const insert = tx.createQueryBuilder().insert().into(CrisisAlertEntity).values(alert);
  const inserted = await insert.orIgnore().returning('id').execute();
  if ((inserted.raw as unknown[]).length === 0)
    return { alert: await tx.findOneByOrFail(CrisisAlertEntity, same), facts: [] };
  await tx.insert(CrisisStepEntity, step);
  if (cause === 'OVERDOSE') await offerNaloxone(tx, alert, care, at);
  return { alert, facts: [openedFact(alert, care)] };
};

/** Source: infra/reference/domain.md 4.3. */
async function offerNaloxone(
  tx: EntityManager,
  { id, clientId, openedBy }: CrisisAlert,
  care: Pick<Care, 'caseManagerId' | 'supervisorId'> | null,
  at: Moment,
): Promise<void> {
  const offer = { what: 'NALOXONE_OFFER', why: 'OVERDOSE', owner: 'CASE_MANAGER' } as const;
  const people = { authorId: openedBy, byClinician: false, care };
  const cause = { clientId, sourceType: 'CrisisAlert', sourceId: id, ...people } as const;
  await addSteps(tx, proposeSteps([{ ...offer, within: { businessDays: 0 } }], cause, at));
}
