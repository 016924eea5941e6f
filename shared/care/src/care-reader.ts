import { awaitCopy, isUuid, type RowsWith, type Viewer } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource, EntityManager, EntitySchema } from 'typeorm';
import { careRoles, responderRoles, type Care } from './care.ts';
import { mayChange, mayKnow, readableParts, type Part } from './reach.ts';
import { respondersOf } from './responder.ts';

/** Where a service finds `Care`: in its own tables, or in the copy that facts feed. */
export interface CareSource {
  /** A select without `where`, one row per client, with the names of `Care`. */
  select: string;
  /** The SQL expression of the id of the client inside `select`. */
  clientId: string;
  /** Whether facts feed it, so that a new client may still be on the way. */
  isCopy: boolean;
}

/** The copy that facts feed. */
export const careCopy: CareSource = {
  select: `
    select care.client_id as "clientId", care.case_id as "caseId", care.case_open as "caseOpen",
           care.case_manager_id as "caseManagerId", care.supervisor_id as "supervisorId",
           above.cover_id as "supervisorCoverId",
           care.registered_by as "registeredBy", care.queued, stands.cover_id as "coverId",
           coalesce((
             select json_agg(json_build_object('staffId', m.staff_id, 'supervisorId', m.supervisor_id,
               'supervisorCoverId', m.cover_id))
             from (
               select distinct m.staff_id, s.supervisor_id, u.cover_id
               from care_member m left join staff_standing s on s.staff_id = m.staff_id
                 left join staff_standing u on u.staff_id = s.supervisor_id
               where m.client_id = care.client_id and m.case_id = care.case_id and care.case_open
               order by m.staff_id
             ) m
           ), '[]') as team,
           ${respondersOf('care.client_id')} as responders
    from care left join staff_standing stands on stands.staff_id = care.case_manager_id
      left join staff_standing above on above.staff_id = care.supervisor_id`,
  clientId: 'care.client_id',
  isCopy: true,
};

/** What a reader takes from the request that it belongs to. */
export interface Asked {
  db: DataSource;
  viewer: Viewer;
  /** The server clock, UTC. */
  now: () => Date;
}

const reaching: ReadonlySet<string> = new Set([
  ...careRoles,
  ...responderRoles,
  'INTAKE_WORKER',
  'PRIVACY_OFFICER',
]);

/** What one request knows of who works with its clients. */
export class CareReader {
  readonly #source: CareSource;
  readonly #asked: Asked;
  readonly #known = new Map<string, Care | null>();
  readonly #readable = new Map<string, ReadonlySet<Part>>();
  readonly #loader: DataLoader<string, Care | null>;

  constructor(source: CareSource, asked: Asked) {
    this.#source = source;
    this.#asked = asked;
    this.#loader = new DataLoader(async (ids) => {
      const found = await this.careIn(asked.db.manager, ids);
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  /** One statement for all clients that a request asks about. */
  async load(clientId: string): Promise<Care | null> {
    const id = clientId.toLowerCase();
    const known = this.#known.get(id);
    if (known !== undefined) return known;
    const care = await this.#loader.load(id);
    this.#known.set(id, care);
    return care;
  }

  /**
   * The parts of the client's record that the viewer of the request may read. Comes without a promise when it is known
   * who works with the client, because it is asked for each field of each row.
   */
  readable(clientId: string): ReadonlySet<Part> | Promise<ReadonlySet<Part>> {
    const id = clientId.toLowerCase();
    const parts = this.#readable.get(id);
    if (parts) return parts;
    const care = this.#known.get(id);
    if (care === undefined) return this.load(id).then((found) => this.#readableFrom(id, found));
    return this.#readableFrom(id, care);
  }

  #readableFrom(id: string, care: Care | null): ReadonlySet<Part> {
    const parts = readableParts(this.#asked.viewer, care);
    this.#readable.set(id, parts);
    return parts;
  }

  /** Whether the viewer of the request may read this part of the client's record. */
  async mayRead(clientId: string, part: Part): Promise<boolean> {
    return (await this.readable(clientId)).has(part);
  }

  /** For commands: whether the viewer may change this part of the client's record. */
  mayChange(viewer: Viewer, care: Care | null, part: Part): boolean {
    return mayChange(viewer, care, part);
  }

  /** For commands: as the transaction sees it. Ids are in small letters. */
  async careIn(tx: EntityManager, clientIds: readonly string[]): Promise<Map<string, Care>> {
    const ids = clientIds.filter(isUuid).map((id) => id.toLowerCase());
    if (ids.length === 0) return new Map();
    const { select, clientId } = this.#source;
    const rows: Care[] = await tx.query(`${select} where ${clientId} = any($1::uuid[])`, [ids]);
    return new Map(rows.map((row) => [row.clientId, row]));
  }

  /**
   * For commands, before their transaction: the facts of a client who was registered a moment ago may still be on the
   * way to a copy. Waits only for a young id, and only for a viewer whose role could see the client. Such an id takes
   * the same time whether it is nobody's or somebody else's. Null: the viewer may not know the client.
   */
  async awaitFor(viewer: Viewer, clientId: string): Promise<Care | null> {
    if (!this.#source.isCopy) return null;
    const { db, now } = this.#asked;
    return awaitCopy(clientId, now(), async () => {
      const care = (await this.careIn(db.manager, [clientId])).get(clientId.toLowerCase()) ?? null;
      if (mayKnow(viewer, care)) return care;
      return couldSee(viewer) ? undefined : null;
    });
  }

  /** Rows about clients, each read together with who works with its client: the permission costs no statement. */
  rowsWithCare<Row extends object>(entity: EntitySchema<Row>, clientId = 'r.client_id'): RowsWith<Row> {
    return { entity, extra: this.careOfRow(clientId), keep: (_row, care) => this.keep(care as Care | null) };
  }

  /** An SQL expression for the care of the client whose id `clientId` is, as JSON. */
  careOfRow(clientId: string): string {
    const { select, clientId: own } = this.#source;
    return `(select to_json(found) from (${select} where ${own} = ${clientId}) found)`;
  }

  /** Remembers what was read together with a row. */
  keep(care: Care | null): void {
    if (care) this.#known.set(care.clientId, care);
  }
}

function couldSee(viewer: Viewer): boolean {
  return viewer.graph === 'STAFF' && viewer.roles.some((role) => reaching.has(role));
}
