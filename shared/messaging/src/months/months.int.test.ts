import { createMetrics, silentLogger } from '@throughline/runtime';
import { eventually } from '@throughline/testing';
import pg from 'pg';
import { messagingDatabase, type MessagingDatabase } from '../contract/test-services.ts';
import { joinMonths, partitionByMonth } from '../migrations/partition-by-month.ts';
import { startKeepingMonths } from './keep-months.ts';
import { watchMonths } from './watch-months.ts';

let database: MessagingDatabase;
let owner: pg.Client;
beforeAll(async () => {
  database = await messagingDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise exception 'only grows'; end $$;
    create table visit (id uuid primary key, at timestamptz not null, what text not null check (what <> ''));
    insert into visit select gen_random_uuid(), ${monthsAgo(5)}, 'old' union all select gen_random_uuid(), now(), 'new'`);
  await partitionByMonth(runner(), { ...visits, keptMonths: 4, leastMonths: 2 });
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

const visits = {
  ...{ name: 'visit', by: 'at' },
  then: `
    alter table visit add primary key (id, at);
    create trigger only_grows before update or delete on visit for each row execute function refuse();
    grant select, insert on visit to messaging_app`,
};

function monthsAgo(count: number): string {
  return `(date_trunc('month', now(), 'UTC') - ${String(count)} * interval '1 month' + interval '10 days')`;
}

/** As a migration sees the owner. */
function runner(): Parameters<typeof partitionByMonth>[0] {
  const query = (sql: string, values?: unknown[]) => owner.query(sql, values);
  return { query } as unknown as Parameters<typeof partitionByMonth>[0];
}

const keep = async (): Promise<{ added: string[]; dropped: string[] } | undefined> => {
  const rows: { added: string[]; dropped: string[] }[] = await database.dataSource.query(
    'select * from keep_months()',
  );
  return rows[0];
};
const add = (what: string, at: string): Promise<unknown> =>
  database.dataSource.query(`insert into visit values (gen_random_uuid(), ${at}, $1)`, [what]);
const placeOf = async (what: string): Promise<string | undefined> => {
  const { rows } = await owner.query<{ place: string }>(
    'select tableoid::regclass::text as place from visit where what = $1',
    [what],
  );
  return rows[0]?.place;
};
const nameOf = async (at: string): Promise<string> => {
  const { rows } = await owner.query<{ name: string }>(
    `select 'visit' || to_char(${at} at time zone 'UTC', '_YYYY_MM') as name`,
  );
  return rows[0]!.name;
};
const partitions = async (): Promise<string[]> => {
  const { rows } = await owner.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'visit'::regclass order by 1`,
  );
  return rows.map(({ name }) => name);
};
const metric = async (name: string): Promise<number | undefined> => {
  const metrics = createMetrics('messaging');
  watchMonths(metrics, database.dataSource);
  const [found] = (await metrics.getMetricsAsJSON()).filter((one) => one.name === name);
  return found?.values.find(({ labels }) => labels.table === 'visit')?.value;
};

describe('a table with a partition per month', () => {
  it('has its old rows in their months, and partitions for the months to come', async () => {
    expect(await placeOf('old')).toBe(await nameOf(monthsAgo(5)));
    expect(await placeOf('new')).toBe(await nameOf('now()'));
    expect(await partitions()).toEqual(expect.arrayContaining([await nameOf(monthsAgo(-3)), 'visit_rest']));
    expect(await metric('months_ahead')).toBe(3);
    expect(await metric('rows_outside_months')).toBe(0);
  });

  it('makes a month that is missing, and takes the rows that came meanwhile', async () => {
    await owner.query(`drop table ${await nameOf(monthsAgo(-1))}`);
    await add('early', monthsAgo(-1));
    expect(await placeOf('early')).toBe('visit_rest');
    expect(await metric('rows_outside_months')).toBe(1);
    expect(await keep()).toMatchObject({ added: [await nameOf(monthsAgo(-1))] });
    expect(await placeOf('early')).toBe(await nameOf(monthsAgo(-1)));
    expect(await metric('rows_outside_months')).toBe(0);
    expect(await keep()).toEqual({ added: [], dropped: [] });
  });

  it('tells of a row of the far future until a person has looked', async () => {
    await add('wrong', `timestamptz '9999-01-01'`);
    await keep();
    expect(await metric('rows_outside_months')).toBe(1);
    expect(await placeOf('wrong')).toBe('visit_rest');
  });

  it.each(['update #table set what = $$x$$', 'delete from #table'])(
    'lets nobody change a row in any of its parts: %s',
    async (sql) => {
      await add('late', monthsAgo(2));
      await keep();
      for (const table of ['visit', ...(await partitions())]) {
        const statement = sql.replace('#table', table);
        await expect(database.dataSource.query(statement)).rejects.toThrow('permission denied');
        const { rows } = await owner.query(`select 1 from ${table} limit 1`);
        if (rows.length > 0) await expect(owner.query(statement)).rejects.toThrow('only grows');
      }
    },
  );

  it('refuses the same row twice, also beyond the partition that has it', async () => {
    const { rows } = await owner.query<{ id: string }>(`select id from visit where what = 'new'`);
    const again = database.dataSource.query(
      'insert into visit select id, at, what from visit where id = $1',
      [rows[0]!.id],
    );
    await expect(again).rejects.toThrow('duplicate key');
  });
});

describe('the months that are kept', () => {
  it('are those that the owner set: only a month that is due goes', async () => {
    await owner.query(`insert into visit select gen_random_uuid(), ${monthsAgo(4)}, 'kept'`);
    await keep();
    expect(await placeOf('old')).toBeUndefined();
    expect(await placeOf('kept')).toBe(await nameOf(monthsAgo(4)));
    await owner.query(`update monthly_table set kept_months = 3 where name = 'visit'`);
    expect(await keep()).toEqual({ added: [], dropped: [await nameOf(monthsAgo(4))] });
    expect(await placeOf('new')).toBeDefined();
  });

  it('are all of them where none is set', async () => {
    await owner.query(`update monthly_table set kept_months = null where name = 'visit'`);
    await add('ancient', `timestamptz '1990-05-05'`);
    expect(await keep()).toEqual({ added: ['visit_1990_05'], dropped: [] });
  });

  it.each([
    ['shorten what is kept', 'update monthly_table set kept_months = 2'],
    ['take a table off the list', 'delete from monthly_table'],
    ['drop a month', 'drop table visit_rest'],
    ['make a month', `select add_month('visit', now())`],
  ])('stay when the app role tries to %s', async (_what, sql) => {
    await expect(database.dataSource.query(sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('cannot be fewer than the table needs, not for the owner either', async () => {
    await expect(
      owner.query(`update monthly_table set kept_months = 1 where name = 'visit'`),
    ).rejects.toThrow('check constraint');
  });

  it('are looked after by each service from its start', async () => {
    await owner.query(`drop table ${await nameOf(monthsAgo(-2))}`);
    const rounds = startKeepingMonths(database.dataSource, silentLogger);
    await eventually(async () => expect(await partitions()).toContain(await nameOf(monthsAgo(-2))));
    await rounds.close();
  });

  it('become one table again when the release goes back', async () => {
    const { rows } = await owner.query('select id from visit order by id');
    await joinMonths(runner(), { name: 'visit', then: 'alter table visit add primary key (id)' });
    expect((await owner.query('select id from visit order by id')).rows).toEqual(rows);
    expect((await owner.query(`select 1 from monthly_table where name = 'visit'`)).rows).toEqual([]);
  });
});
