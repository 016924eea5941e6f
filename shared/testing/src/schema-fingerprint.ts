import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../../..');

/**
 * Changes when anything that shapes the service's tables changes: `migrate`, a file whose path speaks of migrations,
 * or one that creates the tables of a shared package.
 */
export async function schemaFingerprint(
  service: string,
  migrate: (url: string) => unknown,
  repository = REPOSITORY,
): Promise<string> {
  const hash = createHash('sha256').update(migrate.toString());
  const patterns = [`services/${service}/src/**/*migrat*/**/*.ts`, 'shared/*/src/**/*migrat*/**/*.ts']
    .concat([`services/${service}/src/**/*migrat*.ts`, 'shared/*/src/**/*migrat*.ts'])
    .concat([`services/${service}/src/database.ts`, 'shared/*/src/**/create-*.ts']);
  const files = new Set(globSync(patterns, { cwd: repository }));
  for (const file of [...files].sort()) {
    if (file.includes('.test.')) continue;
    hash.update(file).update(await readFile(join(repository, file)));
  }
  return hash.digest('hex').slice(0, 12);
}
