import { readConfig } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { notificationsConfig } from './config.ts';
import { startNotifications } from './service.ts';

await runService('notifications', () => readConfig(notificationsConfig, process.env), startNotifications);
