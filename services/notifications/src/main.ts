import { readConfigOrExit } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { notificationsConfig } from './config.ts';
import { startNotifications } from './service.ts';

const config = readConfigOrExit(notificationsConfig, process.env);
await runService('notifications', config, (options) => startNotifications(config, options));
