import type { QueryRunner } from 'typeorm';

export interface MonthlyTable {
  name: string;
  /** The column of the time that says to which month a row belongs; it never changes. */
  by: string;
  /** Whole months after the end of the month of a row; null: always. The owner may change it later. */
  keptMonths: number | null;
  /** The owner cannot choose fewer. */
  leastMonths: number;
  /**
   * SQL that gives the new table its keys, indexes, triggers, references and grants: it has none. It runs when the old
   * table is gone.
   */
  then: string;
}

/**
 * Gives an existing table a partition per month, in a migration and as the owner. Its rows move. The table `<name>_rest`
 * catches rows of other months, so that a wrong time never fails a command; a metric tells of them.
 */
export async function partitionByMonth(queryRunner: QueryRunner, table: MonthlyTable): Promise<void> {
  const { name, by, keptMonths, leastMonths } = table;
  await queryRunner.query(`
    alter table ${name} rename to ${name}_unparted;
    create table ${name} (like ${name}_unparted including defaults including constraints including comments)
      partition by range (${by});
    create table ${name}_rest partition of ${name} default;
    comment on table ${name}_rest is 'Rows of months without a partition: a metric tells of them.'`);
  await queryRunner.query('insert into monthly_table (name, kept_months, least_months) values ($1, $2, $3)', [
    name,
    keptMonths,
    leastMonths,
  ]);
  await queryRunner.query(`
    select add_month('${name}', month at time zone 'UTC') from generate_series(
      least(date_trunc('month', (select min(${by}) from ${name}_unparted) at time zone 'UTC'),
            date_trunc('month', now() at time zone 'UTC') - interval '1 month'),
      date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month') month`);
  await queryRunner.query(`
    insert into ${name} select * from ${name}_unparted;
    drop table ${name}_unparted;
    ${table.then}`);
}

/** The way back: one table again, with all rows of all months. */
export async function joinMonths(
  queryRunner: QueryRunner,
  { name, then }: Pick<MonthlyTable, 'name' | 'then'>,
): Promise<void> {
  await queryRunner.query(`
    alter table ${name} rename to ${name}_monthly;
    create table ${name} (like ${name}_monthly including defaults including constraints including comments);
    insert into ${name} select * from ${name}_monthly;
    drop table ${name}_monthly;
    delete from monthly_table where name = '${name}';
    ${then}`);
}
