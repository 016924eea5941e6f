import { readConfig } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { treatmentConfig } from './config.ts';
import { startTreatment } from './service.ts';

await runService('treatment', () => readConfig(treatmentConfig, process.env), startTreatment);
