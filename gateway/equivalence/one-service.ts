import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { silentLogger } from '@throughline/runtime';
import { startGateway, type GatewayParts, type RunningGateway } from '../src/gateway.ts';
import { configOver } from './config-over.ts';
import { startIssuer, type Issuer } from './issuer.ts';

export interface OverOneService {
  gateway: RunningGateway;
  issuer: Issuer;
  /** Ends the service and the issuer; the gateway is the test's own to close. */
  close(): Promise<void>;
}

/** A gateway whose four services are one listener: for what does not depend on which of them answers. */
export async function startOverOneService(
  listener: RequestListener,
  settings: Record<string, unknown> = {},
  parts: GatewayParts = {},
): Promise<OverOneService> {
  const service = createServer(listener);
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/graphql`;
  const issuer = await startIssuer();
  const config = configOver({ urlOf: () => url }, issuer, { SUBGRAPH_TIMEOUT_MS: 30_000, ...settings });
  return {
    gateway: await startGateway(config, { logger: silentLogger, ...parts }),
    issuer,
    close: async () => {
      service.closeAllConnections();
      service.close();
      await issuer.close();
    },
  };
}
