import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tables that only grow are partitioned by month (UTC). Its number lets it run before the tables of the services, which
 * are registered here by `partitionByMonth`.
 */
export class KeepMonths1699999999000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const statement of [TABLE, ADD_MONTH, KEEP, TELL, GRANTS]) await queryRunner.query(statement);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      drop function tell_months; drop function keep_months; drop function add_month; drop table monthly_table`);
  }
}

const TABLE = `
  create table monthly_table (
    name text primary key,
    kept_months integer,
    least_months integer not null check (least_months > 0),
    check (kept_months >= least_months)
  );
  comment on table monthly_table is 'Tables with a partition per month (UTC), and for how long they are kept. Only the owner changes it.';
  comment on column monthly_table.kept_months is 'Whole months after the end of the month of a row; null: always.';
  comment on column monthly_table.least_months is 'No setting can be shorter.';`;

/** Rows of the month that the table "_rest" has caught move into the new partition. */
const ADD_MONTH = `
  create function add_month(parent text, month timestamptz) returns boolean
  language plpgsql set search_path = public, pg_temp as $$
  declare
    part text := parent || '_' || to_char(month at time zone 'UTC', 'YYYY_MM');
    rest text := parent || '_rest';
    upto timestamptz := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    time_column text;
    caught boolean;
  begin
    if to_regclass(format('%I', part)) is not null then
      return false;
    end if;
    select a.attname into strict time_column from pg_partitioned_table p
    join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
    where p.partrelid = parent::regclass;
    execute format('create table %I (like %I including defaults including constraints including indexes)', part, parent);

    execute format('select exists (select from %I where %I >= $1 and %I < $2)', rest, time_column, time_column)
      into caught using month, upto;
    if caught then
      execute format('alter table %I disable trigger user', rest);
      execute format('with moved as (delete from %I where %I >= $1 and %I < $2 returning *) insert into %I select * from moved',
        rest, time_column, time_column, part) using month, upto;
      execute format('alter table %I enable trigger user', rest);
    end if;
    -- Attaching locks the parent less than "create table ... partition of": readers and writers go on.
    execute format('alter table %I attach partition %I for values from (%L) to (%L)', parent, part, month, upto);
    return true;
  end $$;
  revoke execute on function add_month from public;`;

/**
 * As the owner: the app role can call it, and it can do nothing else. It takes no parameter, so no caller can shorten
 * what is kept.
 */
const KEEP = `
  create function keep_months() returns table (added text[], dropped text[])
  language plpgsql security definer set search_path = public, pg_temp set lock_timeout = '2s' as $$
  declare
    this timestamptz := date_trunc('month', now(), 'UTC');
    listed monthly_table;
    month timestamptz;
    past timestamptz[];
    part text;
    time_column text;
  begin
    added := '{}'; dropped := '{}';
    perform pg_advisory_xact_lock(hashtext('throughline.months'));
    for listed in select * from monthly_table order by name loop
      select a.attname into strict time_column from pg_partitioned_table p
      join pg_attribute a on a.attrelid = p.partrelid and a.attnum = p.partattrs[0]
      where p.partrelid = listed.name::regclass;
      execute format('select coalesce(array_agg(distinct date_trunc(''month'', %I, ''UTC'')), ''{}'') from %I where %I < $1',
        time_column, listed.name || '_rest', time_column) into past using this;
      for month in
        select (this at time zone 'UTC' + n * interval '1 month') at time zone 'UTC' from generate_series(0, 3) n
        union select unnest(past) order by 1
      loop
        if add_month(listed.name, month) then
          added := added || (listed.name || to_char(month at time zone 'UTC', '_YYYY_MM'));
        end if;
      end loop;

      for part in
        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
        where i.inhparent = listed.name::regclass and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
          and to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month'
            <= (this at time zone 'UTC') - greatest(listed.kept_months, listed.least_months) * interval '1 month'
          and listed.kept_months is not null
        order by 1
      loop
        execute format('drop table %I', part);
        dropped := dropped || part;
      end loop;
    end loop;
    return next;
  end $$;
  revoke execute on function keep_months from public;`;

const TELL = `
  create function tell_months() returns table (name text, outside bigint, ahead bigint)
  language plpgsql security definer set search_path = public, pg_temp as $$
  begin
    for name in select m.name from monthly_table m loop
      execute format('select count(*) from %I', name || '_rest') into outside;
      select count(*) into ahead from pg_inherits i join pg_class c on c.oid = i.inhrelid
      where i.inhparent = name::regclass and c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        and to_date(right(c.relname, 7), 'YYYY_MM') > (now() at time zone 'UTC')::date;
      return next;
    end loop;
  end $$;
  revoke execute on function tell_months from public;`;

const GRANTS = `
  do $$
  declare app text := quote_ident(regexp_replace(current_user, '_owner$', '_app'));
  begin
    execute 'grant select on monthly_table to ' || app;
    execute 'grant execute on function keep_months, tell_months to ' || app;
  end $$;`;
