import { readConfigOrExit } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { treatmentConfig } from './config.ts';
import { startTreatment } from './service.ts';

const config = readConfigOrExit(treatmentConfig, process.env);
await runService('treatment', config, (options) => startTreatment(config, options));
