export { clientsConfig, type ClientsConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { startClients, type ClientsOptions, type RunningClients } from './service.ts';
