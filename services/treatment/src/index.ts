export { treatmentConfig, type TreatmentConfig } from './config.ts';
export { migrate } from './database.ts';
