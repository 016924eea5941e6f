import type { DriverSource } from './assessment/risk/drivers.ts';
import type { Fact } from '@throughline/events';
import type { DataLabel, Moment } from '@throughline/privacy';
import { IsNull, type EntityManager } from 'typeorm';
import { cloneAfterReadmission } from './aftercare/aftercare-plan/on-readmission.ts';
import { hasActivePlan } from './aftercare/aftercare-plan/aftercare-plan.entity.ts';
import { followUp } from './aftercare/follow-up/keep-up.ts';
import { isTakenOver } from './aftercare/transition/transition.entity.ts';
import { screeningDrivers } from './assessment/screening/screening-drivers.ts';
import { crisisDrivers } from './crisis/crisis-alert/crisis-drivers.ts';
import { openCrisis, type OpenCrisis } from './crisis/crisis-alert/open-crisis.ts';
import { EvidenceEntity } from './aftercare/obligation/obligation.entity.ts';
import { EpisodeEntity } from './episode/episode/episode.entity.ts';
import type { Episode } from './episode/episode/episode.ts';
import { StayEntity } from './episode/stay/stay.entity.ts';
import type { Stay } from './episode/stay/stay.ts';
import { stayDrivers } from './episode/stay/stay-drivers.ts';
import { returnToUseDrivers } from './episode/return-to-use/return-to-use-drivers.ts';
import { episodeDrivers } from './episode/episode/episode-drivers.ts';

/** What a change in one area sets off in an area to its right, in the same transaction. */
export interface Consequences {
  openCrisis: OpenCrisis;
  /** Everything that says how much support a client needs. */
  driverSources: readonly DriverSource[];
  /** Brings what must follow a discharge, a visit or an episode up to date. */
  followUp: (tx: EntityManager, clientId: string, at: Moment) => Promise<Fact[]>;
  /** Whether a plan for the time after treatment is in force in an episode. */
  hasActivePlan: (tx: EntityManager, episodeId: string) => Promise<boolean>;
  /** Whose a record is that stands in an area to the right; null when there is none. */
  clientOf: Record<'Stay' | 'ContactEntry', (tx: EntityManager, id: string) => Promise<string | null>>;
  /** Labels that the open care of a client, and the care of a stay, give to everything that is written about it. */
  labelsOfCare: (tx: EntityManager, clientId: string, stayId?: string | null) => Promise<DataLabel[]>;
  /** A readmission begins with the plan of the former stay. */
  cloneAfterReadmission: (tx: EntityManager, stay: Stay, at: Moment) => Promise<Fact[]>;
  /** Whether somebody at the receiver of a stay has confirmed that the client is taken over. */
  isTakenOver: (tx: EntityManager, stayId: string) => Promise<boolean>;
}

const labelsOfEpisode: Record<Episode['kind'], readonly DataLabel[]> = {
  SUD: ['SUD'],
  MH: ['MH'],
  CO_OCCURRING: ['MH', 'SUD'],
};

export const consequences: Consequences = {
  openCrisis,
  driverSources: [screeningDrivers, crisisDrivers, episodeDrivers, stayDrivers, returnToUseDrivers],
  followUp,
  hasActivePlan,
  clientOf: {
    Stay: async (tx, id) => (await tx.findOneBy(StayEntity, { id }))?.clientId ?? null,
    ContactEntry: async (tx, id) =>
      (await tx.findOneBy(EvidenceEntity, { id, type: 'CONTACT' }))?.clientId ?? null,
  },
  labelsOfCare: async (tx, clientId, stayId = null) => {
    const stay = stayId && (await tx.findOneBy(StayEntity, { id: stayId, clientId }));
    const ofStay = stay ? [{ id: stay.episodeId }] : [];
    const episodes = await tx.findBy(EpisodeEntity, [{ clientId, endedAt: IsNull() }, ...ofStay]);
    return episodes.flatMap(({ kind }) => [...labelsOfEpisode[kind]]);
  },
  cloneAfterReadmission,
  isTakenOver,
};
