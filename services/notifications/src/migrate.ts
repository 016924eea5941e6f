import { runMigration } from '@throughline/service';
import { migrate } from './database.ts';

await runMigration('notifications', process.env, migrate);
