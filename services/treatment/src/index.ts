export { treatmentConfig, type TreatmentConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { projectionsIn } from './projections.ts';
export { startTreatment } from './service.ts';
