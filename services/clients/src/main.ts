import { readConfigOrExit } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { clientsConfig } from './config.ts';
import { startClients } from './service.ts';

const config = readConfigOrExit(clientsConfig, process.env);
await runService('clients', config, (options) => startClients(config, options));
