import { readConfigOrExit } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { referralsConfig } from './config.ts';
import { startReferrals } from './service.ts';

const config = readConfigOrExit(referralsConfig, process.env);
await runService('referrals', config, (options) => startReferrals(config, options));
