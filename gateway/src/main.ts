import { closeOnSignal, createLogger, readConfigOrExit } from '@throughline/runtime';
import { gatewayConfig } from './config.ts';
import { startGateway } from './gateway.ts';

const config = readConfigOrExit(gatewayConfig, process.env);
const logger = createLogger({ service: 'gateway', level: config.LOG_LEVEL });
const gateway = await startGateway(config, logger);
logger.info({ url: gateway.staffUrl }, 'staff graph is ready');
logger.info({ url: gateway.partnerUrl }, 'partner graph is ready');
closeOnSignal(gateway, logger);
