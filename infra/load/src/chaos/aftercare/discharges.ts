import { randomUUID } from 'node:crypto';
import { contactLogged, stayDischarged, type Cause } from '@throughline/events';
import { record } from '@throughline/messaging';
import type { DataSource } from 'typeorm';
import { followUp } from '../../../../../services/treatment/src/aftercare/follow-up/keep-up.ts';
import { EpisodeEntity } from '../../../../../services/treatment/src/episode/episode/episode.entity.ts';
import type { Episode } from '../../../../../services/treatment/src/episode/episode/episode.ts';
import { StayEntity } from '../../../../../services/treatment/src/episode/stay/stay.entity.ts';
import type { Stay } from '../../../../../services/treatment/src/episode/stay/stay.ts';
import { notePromise, noteTalk } from './treatment-store.ts';

/** Of each process. */
const EVERY_MS = 500;
const DAY_MS = 24 * 3_600_000;
/** How long before the end of its day a discharge is written down: somewhere between the two. */
const [SHORTEST_MS, LONGEST_MS] = [3000, 8000];
const TALKED_TO = 0.4;
const MOST_UNTIL_TALK_MS = 1500;

const cause: Cause = { actor: { kind: 'SYSTEM', id: 'chaos' }, correlationId: 'chaos' };
/** A discharge against advice asks for a contact within 24 hours, by the clock. */
const against = { dischargeType: 'LEFT_AGAINST_ADVICE', endReason: 'CLIENT_DECISION' };

/** Is told of a client whose discharge was committed, and of the end of the time. */
export type Remember = (clientId: string, dueAt: Date) => void;

interface Listeners {
  committed: Remember;
  /** How many discharges this process has committed. */
  told: (count: number) => void;
}

interface Desk {
  now: () => Date;
  timeZone: string;
}

/**
 * Writes discharges of a day ago down until it is told to stop, each in one transaction with the promise by which the run
 * is judged, and talks with some of the clients before their day is over. What fails is not repeated.
 */
export class Discharges {
  readonly #dataSource: DataSource;
  readonly #desk: Desk;
  readonly #listeners: Listeners;
  #count = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(dataSource: DataSource, desk: Desk, listeners: Listeners) {
    this.#dataSource = dataSource;
    this.#desk = desk;
    this.#listeners = listeners;
  }

  start(): void {
    this.#timer = setInterval(() => void this.#discharge().catch(() => undefined), EVERY_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #discharge(): Promise<void> {
    const dueAt = new Date(Date.now() + SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS));
    const stay = stayUntil(new Date(dueAt.getTime() - DAY_MS));
    const { id: stayId, clientId } = stay;
    await this.#dataSource.transaction(async (tx) => {
      const now = this.#desk.now();
      await tx.insert(EpisodeEntity, episodeOf(stay));
      await tx.insert(StayEntity, { ...stay, dischargeRecordedAt: now });
      const following = await followUp(tx, clientId, { ...this.#desk, now });
      await record(tx, cause, stayDischarged.of(clientId, now, { stayId, clientId }), ...following);
      await notePromise(tx, stayId);
    });
    this.#count += 1;
    this.#listeners.told(this.#count);
    this.#listeners.committed(clientId, dueAt);
    if (Math.random() >= TALKED_TO) return;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_UNTIL_TALK_MS));
    await this.#talk(stay, dueAt);
  }

  /** The service hears of it as of every contact: from the broker. */
  async #talk({ id: stayId, clientId }: Stay, dueAt: Date): Promise<void> {
    const now = this.#desk.now();
    if (now >= dueAt) return;
    const contact = { contactId: randomUUID(), clientId, at: now.toISOString(), reached: true };
    await this.#dataSource.transaction(async (tx) => {
      await record(tx, cause, contactLogged.of(clientId, now, contact));
      await noteTalk(tx, stayId);
    });
  }
}

function stayUntil(endedAt: Date): Stay {
  return {
    ...{ id: randomUUID(), episodeId: randomUUID(), clientId: randomUUID(), version: 1 },
    ...{ setting: 'REHABILITATION_CENTER', levelOfCare: null, asamEdition: null, facilityName: null },
    ...{ reasons: ['OTHER'], planned: true, startedAt: new Date(endedAt.getTime() - DAY_MS), endedAt },
    ...{ ...against, toHospice: false, withoutPlanReason: null, dischargeRecordedAt: endedAt },
    readmissionOfId: null,
  };
}

function episodeOf({ episodeId: id, clientId, startedAt }: Stay): Episode {
  return {
    ...{ id, clientId, caseId: randomUUID(), kind: 'MH', phase: 'CONTINUING_CARE', version: 1 },
    ...{ referralSource: null, dateOfFirstContact: null, dateFirstAppointmentOffered: null },
    ...{ admittedAt: startedAt, startedAt, endedAt: null, dischargeType: null, endReason: null },
  };
}
