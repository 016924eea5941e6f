import { randomBytes } from 'node:crypto';
import { at, ensureDatabase, ensureRoles } from '@throughline/postgres';
import { migrate } from '@throughline/treatment';
import type { EntityManager } from 'typeorm';
import { ask, type Store } from '../truth.ts';
import type { Promised } from './judge-promises.ts';

const passwords = { owner: 'owner', app: 'app', apart: { counseling: 'counseling' } };

/** A new database of the treatment service, with a table of what was promised. */
export async function createTreatmentStore(serverUrl: string): Promise<Store> {
  await ensureRoles(serverUrl, 'treatment', passwords);
  const database = `chaos_treatment_${randomBytes(4).toString('hex')}`;
  const { ownerUrl, appUrl } = await ensureDatabase(serverUrl, 'treatment', database, passwords);
  await migrate(ownerUrl);
  await ask(
    ownerUrl,
    `create table promise (stay_id uuid primary key, talked boolean not null default false);
     grant select, insert, update on promise to treatment_app`,
  );
  return { directUrl: at(serverUrl, database), appUrl };
}

export async function notePromise(tx: EntityManager, stayId: string): Promise<void> {
  await tx.query('insert into promise (stay_id) values ($1)', [stayId]);
}

export async function noteTalk(tx: EntityManager, stayId: string): Promise<void> {
  await tx.query('update promise set talked = true where stay_id = $1', [stayId]);
}

/** Every committed promise with the facts about its obligation. */
export async function readPromises({ directUrl }: Store): Promise<Promised[]> {
  const told = (type: string): string => `count(*) filter (where f.type = '${type}')::int`;
  return ask(
    directUrl,
    `select p.talked, o.status, ${told('ObligationOpened')} as opened, ${told('ObligationMissed')} as missed,
       ${told('ObligationMet')} as met
     from promise p
     left join follow_up_obligation o on o.source_id = p.stay_id
     left join outbox f on f.key = o.client_id::text and f.payload ->> 'obligationId' = o.id::text
     group by p.stay_id, o.id`,
  );
}
