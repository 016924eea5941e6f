import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { services } from '../infrastructure.ts';
import { faultsOf } from './migration-faults.ts';
import { allMigrations, migrationsOf, statementsOf } from './migrations.ts';

const released = JSON.parse(
  readFileSync(join(import.meta.dirname, 'released.json'), 'utf8'),
) as readonly string[];

describe('what an upgrade without a stop does not bear', () => {
  it.each([
    ['alter table need add note text not null', 'must be given, and the previous release does not know it'],
    ['alter table need alter column note set not null', 'the previous release may leave it out'],
    ['alter table need alter column note type integer using 1', 'all rows are written again'],
    ['alter table need add token uuid default gen_random_uuid()', 'all rows are written again'],
    ['alter table need drop column note', 'need.note is dropped'],
    ['drop table need, goal', 'need, goal is dropped'],
    ['drop function tell_need', 'tell_need is dropped'],
    ['alter table need rename to want', 'gets another name'],
    ['alter table need rename column note to text', 'gets another name'],
    ['create index need_note on need (note)', 'create it concurrently'],
    ['alter table need add constraint c check (note is not null)', 'add it "not valid"'],
    ['alter table need add constraint f foreign key (a) references b', 'add it "not valid"'],
    ['alter table need add constraint u unique (a)', 'build the index concurrently first'],
    ['select 1; drop table need', 'need is dropped'],
  ])('%s', async (sql, fault) => {
    expect(await faultsOf([sql])).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    'alter table need add note text',
    `alter table need add note text not null default ''`,
    'create index concurrently need_note on need (note)',
    'alter table need add constraint c check (note is not null) not valid',
    'alter table need validate constraint c',
    'alter table need add constraint u unique using index need_a',
    'drop index need_note',
    `comment on table need is 'What a client needs.'`,
  ])('is not: %s', async (sql) => {
    expect(await faultsOf([sql])).toEqual([]);
  });

  it('is free for a table that the migration makes', async () => {
    const made = ['create table visit (id uuid primary key)', 'create index visit_id on visit (id)'];
    expect(await faultsOf([...made, 'alter table visit add note text not null'])).toEqual([]);
  });

  it('is a text that PostgreSQL cannot read', async () => {
    await expect(faultsOf(['alter tabel need'])).rejects.toThrow('syntax error');
  });
});

describe('the migrations since the last release', () => {
  it('bear an upgrade without a stop, or say why they need not', async () => {
    const faults: string[] = [];
    for (const service of services) {
      for (const [name, Migration] of migrationsOf(service)) {
        const migration = new Migration();
        if (released.includes(`${service}/${name}`) || migration.contracts) continue;
        const found = await faultsOf(await statementsOf(migration));
        faults.push(...found.map((fault) => `${service}/${name}: ${fault}`));
      }
    }
    expect(faults).toEqual([]);
  });

  it('come on top of those of the release, which are all still there', () => {
    const all = new Set(allMigrations());
    expect(released.length).toBeGreaterThan(0);
    expect(released.filter((name) => !all.has(name))).toEqual([]);
  });

  it('can all be read, the released ones as well', async () => {
    for (const service of services)
      for (const Migration of migrationsOf(service).values())
        expect(await faultsOf(await statementsOf(new Migration()))).toEqual(expect.any(Array));
  });
});
