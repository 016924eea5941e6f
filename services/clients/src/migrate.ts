import { runMigration } from '@throughline/service';
import { migrate } from './database.ts';

await runMigration('clients', process.env, migrate);
