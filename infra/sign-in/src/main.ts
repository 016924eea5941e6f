import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { signInConfig } from './config.ts';
import { startSignIn } from './sign-in.ts';

const PRODUCTION_REFUSED =
  'The local sign-in gives anyone a token, so it does not run with NODE_ENV=production: point the gateway at your own OpenID Connect provider.';

if (process.env.NODE_ENV === 'production') {
  process.stderr.write(`${PRODUCTION_REFUSED}\n`);
  process.exit(1);
}

const { PORT, HOST, ISSUER, DATA_DIR, LOG_LEVEL } = readConfigOrExit(signInConfig, process.env);
const logger = createLogger({ service: 'sign-in', level: LOG_LEVEL });
const signIn = await startSignIn({
  port: PORT,
  host: HOST,
  ...(ISSUER && { issuer: ISSUER }),
  ...(DATA_DIR && { dataDir: DATA_DIR }),
  logger,
});
logger.info({ url: signIn.url }, 'sign-in is ready');
closeOnSignal(signIn, logger);
