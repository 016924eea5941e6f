import { readConfig } from '@throughline/runtime';
import { runService } from '@throughline/service';
import { referralsConfig } from './config.ts';
import { startReferrals } from './service.ts';

await runService('referrals', () => readConfig(referralsConfig, process.env), startReferrals);
