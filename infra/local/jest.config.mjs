import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { projectConfig, runConfig } from '@throughline/testing/jest';

const repository = resolve(import.meta.dirname, '../..');

/** One run over all packages: PostgreSQL and Kafka start once, and Jest shares its workers out. */
const places = globSync(['services/*', 'shared/*', 'gateway', 'infra/*'], { cwd: repository }).sort();

export default {
  ...runConfig,
  globalSetup: join(import.meta.dirname, 'src/before-tests.mjs'),
  projects: places
    .filter((place) => existsSync(join(repository, place, 'package.json')))
    .map((place) => ({
      ...projectConfig,
      rootDir: join(repository, place),
      displayName: dirname(place) === '.' ? place : `${basename(dirname(place))}/${basename(place)}`,
    })),
};
