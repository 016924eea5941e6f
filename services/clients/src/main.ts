import { readConfig } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { clientsConfig } from './config.ts';
import { startClients } from './service.ts';

await runService('clients', () => readConfig(clientsConfig, process.env), startClients);
