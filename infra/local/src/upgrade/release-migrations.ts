import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allMigrations } from './migrations.ts';

/** Writes down which migrations a release has. From then on each further one is held against that release. */
writeFileSync(
  join(import.meta.dirname, 'released.json'),
  `${JSON.stringify(allMigrations().sort(), null, 2)}\n`,
);
