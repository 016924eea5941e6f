import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startEmbedded, type EmbeddedPostgres } from './embedded.ts';
import { askOnce, withClient } from './one-client.ts';
import { giveTo, serverUser } from './unprivileged.ts';

/** Where a drill keeps a server, the log that it archives and its restored copy. */
export interface PointInTime {
  dataDir: string;
  archive: string;
  restoredDir: string;
  log: (line: string) => void;
}

/** A bundled server that archives its write-ahead log, as one in production does. */
export async function startArchiving({ dataDir, archive, log }: PointInTime): Promise<EmbeddedPostgres> {
  await mkdir(archive, { recursive: true });
  await giveTo(serverUser(), archive, 0o700);
  const first = await startEmbedded({ dataDir, log });
  await askOnce(first.url, 'alter system set archive_mode = on');
  await askOnce(first.url, `alter system set archive_command = 'cp "%p" "${archive}/%f"'`);
  await first.stop();
  return startEmbedded({ dataDir, log });
}

/** Copies the files of a server that goes on serving (PostgreSQL, "Making a Base Backup Using the Low Level API"). */
export async function baseBackup(url: string, { dataDir, restoredDir }: PointInTime): Promise<void> {
  await withClient(url, async (client) => {
    await client.query(`select pg_backup_start('drill', true)`);
    await cp(dataDir, restoredDir, { recursive: true, filter: belongsIntoBackup });
    const { rows } = await client.query<{ labelfile: string }>('select labelfile from pg_backup_stop()');
    await writeFile(join(restoredDir, 'cluster/backup_label'), rows[0]?.labelfile ?? '');
  });
}

/** The log comes from the archive; what a server keeps for itself while it runs is not copied. */
function belongsIntoBackup(path: string): boolean {
  return !path.includes('postmaster.') && !['pg_wal', 'pg_replslot'].includes(basename(dirname(path)));
}

/** Writes what is left of the log into the archive. */
export async function archiveRest(url: string): Promise<void> {
  const [{ name }] = (await askOnce(url, 'select pg_walfile_name(pg_switch_wal()) as name')) as [
    { name: string },
  ];
  for (;;) {
    const [{ done }] = (await askOnce(
      url,
      `select coalesce(last_archived_wal, '') >= '${name}' as done from pg_stat_archiver`,
    )) as [{ done: boolean }];
    if (done) return;
    await wait(100);
  }
}

/** The backup with the log up to this moment; the server is open for writing when it is answered. */
export async function restoreTo(
  moment: Date,
  { archive, restoredDir, log }: PointInTime,
): Promise<EmbeddedPostgres> {
  const cluster = join(restoredDir, 'cluster');
  await writeFile(join(cluster, 'recovery.signal'), '');
  await appendFile(
    join(cluster, 'postgresql.auto.conf'),
    [
      `archive_mode = off`,
      `restore_command = 'cp "${archive}/%f" "%p"'`,
      `recovery_target_time = '${moment.toISOString().replace('Z', '+00')}'`,
      `recovery_target_action = promote`,
      '',
    ].join('\n'),
  );
  const user = serverUser();
  if (user) await promisify(execFile)('chown', ['-R', `${user.uid}:${user.gid}`, restoredDir]);
  const server = await startEmbedded({ dataDir: restoredDir, log });
  for (;;) {
    const [{ reading }] = (await askOnce(server.url, 'select pg_is_in_recovery() as reading')) as [
      { reading: boolean },
    ];
    if (!reading) return server;
    await wait(50);
  }
}
