import pg from 'pg';
import { withClient } from './one-client.ts';

export interface Passwords {
  owner: string;
  app: string;
  /** Of the roles of `rolesApart`; left out, these roles are not made. */
  apart?: Readonly<Record<string, string>>;
}

export interface ServiceUrls {
  /** Migrates. */
  ownerUrl: string;
  /** Serves: no DDL, and only what the migrations grant. */
  appUrl: string;
  /** Addresses for the roles of `rolesApart`, by name. */
  apart: Readonly<Record<string, string>>;
}

/** Roles that a service has in addition: each enters a schema of its own, which the app role does not see. */
const rolesApart: Readonly<Record<string, readonly string[]>> = { treatment: ['counseling'] };

export function rolesOf(service: string): { owner: string; app: string } {
  return { owner: `${service}_owner`, app: `${service}_app` };
}

/** One database per service, with its roles; may be run again at any time. */
export async function provision(
  superuserUrl: string,
  services: string[],
  passwords: Passwords,
): Promise<Record<string, ServiceUrls>> {
  const urls: Record<string, ServiceUrls> = {};
  for (const service of services) {
    await ensureRoles(superuserUrl, service, passwords);
    urls[service] = await ensureDatabase(superuserUrl, service, `throughline_${service}`, passwords);
  }
  return urls;
}

/**
 * SQL that lets the app role add, run and remove graphile-worker jobs. The owner runs it after each migration of
 * graphile-worker: its tables have row level security and no policy, so without one only their owner sees a row.
 */
export function grantWorker(service: string, schema = 'graphile_worker'): string {
  const app = pg.escapeIdentifier(rolesOf(service).app);
  const name = pg.escapeIdentifier(schema);
  return `
    grant usage on schema ${name} to ${app};
    grant select, insert, update, delete on all tables in schema ${name} to ${app};
    grant usage, select on all sequences in schema ${name} to ${app};
    grant execute on all functions in schema ${name} to ${app};
    do $$
    declare guarded record;
    begin
      for guarded in
        select tablename from pg_tables where schemaname = ${pg.escapeLiteral(schema)} and rowsecurity
      loop
        execute format('drop policy if exists app on ${name}.%I', guarded.tablename);
        execute format('create policy app on ${name}.%I to ${app} using (true) with check (true)', guarded.tablename);
      end loop;
    end $$;
  `;
}

/** The roles of a service, with these passwords. */
export async function ensureRoles(
  superuserUrl: string,
  service: string,
  passwords: Passwords,
): Promise<void> {
  const roles = rolesOf(service);
  await withClient(superuserUrl, async (client) => {
    // Roles belong to the whole server, and "create role if not exists" does not exist.
    await client.query(`select pg_advisory_lock(hashtext('throughline roles'))`);
    const wanted = [
      [roles.owner, passwords.owner],
      [roles.app, passwords.app],
      ...apartOf(service, passwords),
    ];
    for (const [role = '', password = ''] of wanted) {
      const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      const verb = known.rowCount ? 'alter' : 'create';
      await client.query(
        `${verb} role ${pg.escapeIdentifier(role)} login password ${pg.escapeLiteral(password)}`,
      );
    }
  });
}

/** The database of a service, open to its roles only. */
export async function ensureDatabase(
  superuserUrl: string,
  service: string,
  database: string,
  passwords: Passwords,
): Promise<ServiceUrls> {
  const roles = rolesOf(service);
  await withClient(superuserUrl, async (client) => {
    const known = await client.query('select 1 from pg_database where datname = $1', [database]);
    const name = pg.escapeIdentifier(database);
    if (!known.rowCount)
      await client.query(`create database ${name} owner ${pg.escapeIdentifier(roles.owner)}`);
  });
  await restrictDatabase(superuserUrl, service, database);
  await withClient(at(superuserUrl, database), async (client) => {
    await client.query(`
      alter schema public owner to ${pg.escapeIdentifier(roles.owner)};
      revoke all on schema public from public;
      grant usage on schema public to ${pg.escapeIdentifier(roles.app)};
    `);
  });
  return urlsOf(superuserUrl, service, database, passwords);
}

/** Who may connect: a property of the database itself, which a copy made from a template does not take over. */
export async function restrictDatabase(
  superuserUrl: string,
  service: string,
  database: string,
): Promise<void> {
  const { app } = rolesOf(service);
  const name = pg.escapeIdentifier(database);
  const roles = [app, ...(rolesApart[service] ?? []).map((kind) => `${service}_${kind}`)];
  await withClient(superuserUrl, async (client) => {
    await client.query(`revoke connect, temporary on database ${name} from public`);
    for (const role of roles) {
      const known = await client.query('select 1 from pg_roles where rolname = $1', [role]);
      if (known.rowCount)
        await client.query(`grant connect on database ${name} to ${pg.escapeIdentifier(role)}`);
    }
  });
}

/** Names and passwords of the roles of `rolesApart`. */
function apartOf(service: string, { apart = {} }: Passwords): [role: string, password: string][] {
  return (rolesApart[service] ?? []).flatMap((kind) => {
    const password = apart[kind];
    return password === undefined ? [] : [[`${service}_${kind}`, password]];
  });
}

export function urlsOf(
  superuserUrl: string,
  service: string,
  database: string,
  passwords: Passwords,
): ServiceUrls {
  const roles = rolesOf(service);
  return {
    ownerUrl: at(superuserUrl, database, roles.owner, passwords.owner),
    appUrl: at(superuserUrl, database, roles.app, passwords.app),
    apart: Object.fromEntries(
      apartOf(service, passwords).map(([role, password]) => [
        role.slice(service.length + 1),
        at(superuserUrl, database, role, password),
      ]),
    ),
  };
}

/** The same server, another database and, if given, another role. */
export function at(url: string, database: string, role?: string, password?: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  if (role !== undefined) address.username = encodeURIComponent(role);
  if (password !== undefined) address.password = encodeURIComponent(password);
  return address.href;
}
