export { clientsConfig, type ClientsConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { projections } from './projections.ts';
export { startClients } from './service.ts';
export { ownCare } from './people/client/own-care.ts';
