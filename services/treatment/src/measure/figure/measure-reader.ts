import { GraphQLError } from 'graphql';
import pg from 'pg';
import { pgTimeouts, type DatabaseTimeouts } from '@throughline/runtime';
import type { Day } from '@throughline/privacy';
import type { Counts, Question } from './figure.ts';
import { countedSql, figuresSql, type Sql } from './figure-sql.ts';

const CANCELED = '57014';

export interface MeasureReaderOptions {
  url: string;
  poolSize: number;
  timeouts: DatabaseTimeouts;
}

/** A row behind a number. */
export interface MeasureRow {
  key: string;
  clientId: string | null;
  staffId: string | null;
  subjectType: string;
  subjectId: string;
  startsOn: Day;
  endsOn: Day | null;
  met: boolean;
  excludedFor: string | null;
  value: number | null;
  level: string | null;
}

/** Whose rows are asked for, and from where on. */
export interface RowsAfter {
  viewerId: string;
  limit: number;
  after: readonly string[] | null;
}

/**
 * Whether the viewer can have to do with the client of a row. It is wider than the permission, which is asked for each row
 * that is left: it only keeps a page from being read in vain. $8 is the viewer.
 */
const nearby = `(
  c.client_id is null and c.staff_id = $8
  or exists (
    select from care k left join staff_standing s on s.staff_id = k.case_manager_id
      left join staff_standing u on u.staff_id = k.supervisor_id
    where k.client_id = c.client_id
      and (k.queued or $8 in (k.case_manager_id, k.supervisor_id, s.cover_id, u.cover_id)
      or exists (
        select from care_member m left join staff_standing t on t.staff_id = m.staff_id
          left join staff_standing b on b.staff_id = t.supervisor_id
        where m.client_id = k.client_id and $8 in (m.staff_id, t.supervisor_id, b.cover_id)))))`;

const columns = `c.key, c.client_id as "clientId", c.staff_id as "staffId", c.subject_type as "subjectType",
  c.subject_id as "subjectId", c.starts_on::text as "startsOn", c.ends_on::text as "endsOn", c.met,
  c.excluded_for as "excludedFor", c.value, c.level`;

/**
 * Reads figures through connections of its own that cannot write: a heavy question waits for its own kind and for no
 * command, and ends after its own time. The connections are opened when somebody asks.
 */
export class MeasureReader {
  readonly #pool: pg.Pool;

  constructor({ url, poolSize, timeouts }: MeasureReaderOptions) {
    this.#pool = new pg.Pool({
      connectionString: url,
      max: poolSize,
      application_name: 'treatment measures',
      options: '-c default_transaction_read_only=on',
      ...pgTimeouts(timeouts),
    });
    // The question that runs fails as well and tells the fault.
    this.#pool.on('error', () => undefined);
  }

  counts(question: Question): Promise<Counts[]> {
    return this.#read<Counts>(figuresSql(question));
  }

  /** Rows that the viewer can have to do with, the newest first. */
  rows(question: Question, { viewerId, limit, after }: RowsAfter): Promise<MeasureRow[]> {
    const { text, values } = countedSql(question);
    const [startsOn = null, key = null] = after ?? [];
    return this.#read<MeasureRow>({
      text: `select ${columns} from (${text}) c
        where c.weight > 0 and ${nearby} and ($9::date is null or (c.starts_on, c.key) < ($9::date, $10::text))
        order by c.starts_on desc, c.key desc limit $11`,
      values: [...values, viewerId, startsOn, key, limit],
    });
  }

  /** Whether there are rows that the viewer has nothing to do with. */
  async hasOthers(question: Question, viewerId: string): Promise<boolean> {
    const { text, values } = countedSql(question);
    const rows = await this.#read({
      text: `select 1 from (${text}) c where c.weight > 0 and not ${nearby} limit 1`,
      values: [...values, viewerId],
    });
    return rows.length > 0;
  }

  close(): Promise<void> {
    return this.#pool.end();
  }

  async #read<Row extends object>({ text, values }: Sql): Promise<Row[]> {
    try {
      return (await this.#pool.query<Row>(text, values)).rows;
    } catch (error) {
      if ((error as { code?: string }).code !== CANCELED) throw error;
      const message = 'It took too long to count this: ask for fewer months or without a breakdown.';
      throw new GraphQLError(message, { extensions: { code: 'OPERATION_TOO_COSTLY' } });
    }
  }
}
