import { runMigration } from '@throughline/service';
import { migrate } from './database.ts';

await runMigration('referrals', process.env, migrate);
