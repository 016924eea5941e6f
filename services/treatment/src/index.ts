export { treatmentConfig, type TreatmentConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { projections } from './projections.ts';
export { startTreatment } from './service.ts';
