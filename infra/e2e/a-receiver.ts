import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Delivery {
  body: string;
  headers: Record<string, string>;
}

export interface Receiver {
  url: string;
  deliveries: Delivery[];
  /** Checks the signature as a partner would, and gives what was signed. */
  verified(secret: string): unknown[];
  close(): void;
}

/** A partner agency's own small web server. */
export async function startReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      deliveries.push({ body: Buffer.concat(chunks).toString('utf8'), headers });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/throughline`,
    deliveries,
    verified: (secret) => deliveries.map(({ body, headers }) => new Webhook(secret).verify(body, headers)),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
