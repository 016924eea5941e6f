import { randomUUID } from 'node:crypto';
import { contactLogged } from '@throughline/events';
import type { Viewer } from '@throughline/graphql';
import { staff, testTreatment } from '../treatment.harness.ts';

export interface Row {
  __typename: string;
  id: string;
  version: number;
}

export const hospital = { setting: 'PSYCH_HOSPITAL', reasons: ['MENTAL_HEALTH'], planned: false };
export const how = { dischargeType: 'OTHER', endReason: 'CLIENT_DECISION' };
export const STAY = '... on Stay { id version contacts { step status } readmissionOf { id } }';
export const start = new Date('2036-03-03T12:00:00Z');
export const later = (hours: number) => new Date(start.getTime() + hours * 3_600_000);

/** The treatment service with a case manager, her supervisor and somebody who works with none of her clients. */
export async function aftercareWorld() {
  const treatment = await testTreatment({ now: start });
  const [maria, ines, stranger] = [staff('CASE_MANAGER'), staff('SUPERVISOR'), staff('CASE_MANAGER')];

  async function call(name: string, input: object, fields: string, by: Viewer = maria): Promise<Row> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { result: ${name}(input: $input) { __typename ${fields}
      ... on InvalidInput { issues { path code } } } }`;
    const { data, errors } = await treatment.ask<{ result: Row }>(by, query, { input });
    expect(errors).toEqual([]);
    return data.result;
  }
  async function admitted(by: Viewer = maria, supervisor: Viewer = ines) {
    treatment.clock.now = start;
    const clientId = await treatment.assign(by.id, supervisor.id);
    const episode = { clientId, kind: 'MH' };
    const { id: episodeId } = await call('startEpisode', episode, '... on Episode { id }', by);
    const { id: stayId } = await call('admitStay', { episodeId, ...hospital, expectedVersion: 1 }, STAY, by);
    return { clientId, episodeId, stayId };
  }

  return {
    ...treatment,
    ...{ treatment, maria, ines, stranger, call, admitted },
    /** A client who left a psychiatric hospital on 3 March 2036 at noon UTC. */
    async discharged(by: Viewer = maria, supervisor: Viewer = ines) {
      const stay = await admitted(by, supervisor);
      await call('dischargeStay', { id: stay.stayId, expectedVersion: 1, ...how }, STAY, by);
      return stay;
    },
    /** A contact so many hours after noon of 3 March. */
    async talk(clientId: string, hours: number, reached: boolean): Promise<string> {
      const contactId = randomUUID();
      treatment.clock.now = later(hours);
      const fact = { contactId, clientId, at: later(hours).toISOString(), reached };
      await treatment.tell('clients', contactLogged.of(clientId, treatment.clock.now, fact));
      return contactId;
    },
    async timerAt(now: Date, key: string): Promise<void> {
      treatment.clock.now = now;
      await treatment.db.query(
        `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs where key = $1),
           run_at => now() - interval '1 second')`,
        [key],
      );
    },
    async read(clientId: string, fields: string, by: Viewer = maria): Promise<Record<string, unknown>> {
      const query = `query ($c: ID!) { _entities(representations: [{ __typename: "Client", id: $c }]) {
        ... on Client { ${fields} } } }`;
      const { data } = await treatment.ask<{ _entities: Record<string, unknown>[] }>(by, query, {
        c: clientId,
      });
      return data._entities[0] ?? {};
    },
    async factsOf(clientId: string, like: string): Promise<string[]> {
      const rows = await treatment.db.query<{ type: string }[]>(
        'select type from outbox where key = $1 and type like $2 order by occurred_at, id',
        [clientId, like],
      );
      return rows.map(({ type }) => type);
    },
    async list(query: string, by: Viewer = maria) {
      const { data, errors } = await treatment.ask<{
        list: { edges: { cursor: string; node: Record<string, unknown> }[] };
      }>(by, query, {});
      expect(errors).toEqual([]);
      return data.list.edges;
    },
  };
}

export type AftercareWorld = Awaited<ReturnType<typeof aftercareWorld>>;
