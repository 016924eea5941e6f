export { gatewayConfig, type GatewayConfig } from './config.ts';
export { startGateway, type RunningGateway } from './gateway.ts';
