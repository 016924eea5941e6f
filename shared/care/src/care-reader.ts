import { isUuid, type RowsWith } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { EntityManager, EntitySchema } from 'typeorm';
import type { Care } from './care.ts';

/** Where a service finds `Care`: in its own tables, or in the copy that facts feed. */
export interface CareSource {
  /** A select without `where`, one row per client, with the names of `Care`. */
  select: string;
  /** The SQL expression of the id of the client inside `select`. */
  clientId: string;
}

/** The copy that facts feed. */
export const careCopy: CareSource = {
  select: `
    select care.client_id as "clientId", care.case_id as "caseId", care.case_open as "caseOpen",
           care.case_manager_id as "caseManagerId", care.supervisor_id as "supervisorId",
           care.registered_by as "registeredBy", care.queued
    from care`,
  clientId: 'care.client_id',
};

/** What one request knows of who works with its clients. */
export class CareReader {
  readonly #source: CareSource;
  readonly #known = new Map<string, Care | null>();
  readonly #loader: DataLoader<string, Care | null>;

  constructor(source: CareSource, db: EntityManager) {
    this.#source = source;
    this.#loader = new DataLoader(async (ids) => {
      const found = await this.careIn(db, ids);
      return ids.map((id) => found.get(id) ?? null);
    });
  }

  /** Without a promise, when it was read already: a permission is asked for each field of each row. */
  known(clientId: string): Care | null | undefined {
    return this.#known.get(clientId.toLowerCase());
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

  /** For commands: as the transaction sees it. */
  async careIn(tx: EntityManager, clientIds: readonly string[]): Promise<Map<string, Care>> {
    const ids = clientIds.filter(isUuid).map((id) => id.toLowerCase());
    if (ids.length === 0) return new Map();
    const { select, clientId } = this.#source;
    const rows: Care[] = await tx.query(`${select} where ${clientId} = any($1::uuid[])`, [ids]);
    return new Map(rows.map((row) => [row.clientId, row]));
  }

  /** Rows about clients, each read together with who works with its client: the permission costs no statement. */
  rowsWithCare<Row extends object>(entity: EntitySchema<Row>, clientId = 'r.client_id'): RowsWith<Row> {
    return { entity, beside: this.besideRow(clientId), keep: (_row, care) => this.keep(care as Care | null) };
  }

  /** An SQL expression for the care of the client whose id `clientId` is, as JSON. */
  besideRow(clientId: string): string {
    const { select, clientId: own } = this.#source;
    return `(select to_json(found) from (${select} where ${own} = ${clientId}) found)`;
  }

  /** Remembers what was read together with a row. */
  keep(care: Care | null): void {
    if (care) this.#known.set(care.clientId, care);
  }
}
