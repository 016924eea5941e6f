import { runMigration } from '@throughline/service';
import { migrate } from './database.ts';

await runMigration('treatment', process.env, migrate);
