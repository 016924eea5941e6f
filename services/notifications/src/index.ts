export { notificationsConfig, type NotificationsConfig } from './config.ts';
export { createDataSource, migrate } from './database.ts';
export { projections } from './projections.ts';
export { startNotifications } from './service.ts';
