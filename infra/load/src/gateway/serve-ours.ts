import { gatewayConfig, startGateway } from '@throughline/gateway';
import { createLogger } from '@throughline/runtime';

/** The gateway as it is shipped, all of its security and its log on. */
const gateway = await startGateway(gatewayConfig.parse(process.env), {
  logger: createLogger({ service: 'gateway', level: 'info' }),
});
process.send?.({ url: gateway.staffUrl });
