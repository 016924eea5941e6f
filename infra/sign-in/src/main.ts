import { closeOnSignal, createLogger, readConfig, runProgram } from '@throughline/runtime';
import { signInConfig } from './config.ts';
import { startSignIn } from './sign-in.ts';

await runProgram(async () => {
  const { PORT, LISTEN_HOST, ISSUER, DATA_DIR, LOG_LEVEL } = readConfig(signInConfig, process.env);
  const logger = createLogger({ service: 'sign-in', level: LOG_LEVEL });
  const signIn = await startSignIn({
    port: PORT,
    host: LISTEN_HOST,
    ...(ISSUER && { issuer: ISSUER }),
    ...(DATA_DIR && { dataDir: DATA_DIR }),
    logger,
  });
  logger.info({ url: signIn.url }, 'sign-in is ready');
  closeOnSignal(signIn, logger);
});
