import { migrationConfig, readConfigOrExit } from '@throughline/runtime';
import { migrate } from './database.ts';

const { DATABASE_OWNER_URL } = readConfigOrExit(migrationConfig, process.env);
await migrate(DATABASE_OWNER_URL);
