import type { CareReader } from '@throughline/care';
import { loaderById, loaderByOwner } from '@throughline/graphql';
import { EntitySchema, type EntityManager } from 'typeorm';
import type { CareTransition, ReferralStanding } from './care-transition.ts';

export const TransitionEntity = new EntitySchema<CareTransition>({
  name: 'CareTransition',
  tableName: 'care_transition',
  columns: {
    id: { type: 'uuid', primary: true },
    clientId: { type: 'uuid', name: 'client_id' },
    episodeId: { type: 'uuid', name: 'episode_id' },
    fromStayId: { type: 'uuid', name: 'from_stay_id', nullable: true },
    toSetting: { type: 'text', name: 'to_setting' },
    receiverName: { type: 'text', name: 'receiver_name' },
    referralId: { type: 'uuid', name: 'referral_id', nullable: true },
    reason: { type: 'text' },
    handOff: { type: 'text', name: 'hand_off' },
    plannedFor: { type: 'date', name: 'planned_for' },
    firstAppointmentAt: { type: 'timestamptz', name: 'first_appointment_at', nullable: true },
    status: { type: 'text' },
    confirmations: { type: 'jsonb' },
    packetSentAt: { type: 'timestamptz', name: 'packet_sent_at', nullable: true },
    packetDisclosureId: { type: 'uuid', name: 'packet_disclosure_id', nullable: true },
    leftAt: { type: 'timestamptz', name: 'left_at', nullable: true },
    arrivedAt: { type: 'timestamptz', name: 'arrived_at', nullable: true },
    arrivalToldBy: { type: 'text', name: 'arrival_told_by', nullable: true },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    failedReason: { type: 'text', name: 'failed_reason', nullable: true },
    version: { type: 'integer' },
  },
});

export const ReferralStandingEntity = new EntitySchema<ReferralStanding>({
  name: 'ReferralStanding',
  tableName: 'referral_standing',
  columns: {
    referralId: { type: 'uuid', primary: true, name: 'referral_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    acceptedAt: { type: 'timestamptz', name: 'accepted_at', nullable: true },
    startedAt: { type: 'timestamptz', name: 'started_at', nullable: true },
    endedAt: { type: 'timestamptz', name: 'ended_at', nullable: true },
    disclosedAt: { type: 'timestamptz', name: 'disclosed_at', nullable: true },
    disclosureId: { type: 'uuid', name: 'disclosure_id', nullable: true },
  },
});

/**
 * One transaction at a time reads or tells what a referral says: a fact that is handled while a transition gets its
 * referral finds the transition, or is found with it.
 */
export async function takeTurnOf(tx: EntityManager, referralId: string): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock(hashtextextended('transition-referral:' || lower($1), 0))`, [
    referralId,
  ]);
}

/** Whether somebody at the receiver of a stay has confirmed that the client is taken over. */
export async function isTakenOver(tx: EntityManager, stayId: string): Promise<boolean> {
  const found: unknown[] = await tx.query(
    `select 1 from care_transition where from_stay_id = $1 and status <> 'FAILED'
       and (confirmations @> '[{"party": "RECEIVER"}]' or arrived_at is not null) limit 1`,
    [stayId],
  );
  return found.length > 0;
}

export function transitionLoaders(db: EntityManager, care: CareReader) {
  return {
    transitionById: loaderById(db, care.rowsWithCare(TransitionEntity)),
    transitionsByEpisode: loaderByOwner(db, TransitionEntity, 'episodeId', {
      plannedFor: 'DESC',
      id: 'DESC',
    }),
  };
}
