import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { roles } from '@throughline/graphql';

export interface Issuer {
  url: string;
  keysUrl: string;
  /** A token of somebody new who has every role of the graph, so that no limit per viewer is ever reached. */
  tokenFor(graph: 'staff' | 'partner'): Promise<string>;
  close(): Promise<void>;
}

/** Signs people in who may do everything: the comparison is about answers, not about permission. */
export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(keys);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  let people = 0;
  return {
    url,
    keysUrl: `${url}/keys`,
    tokenFor: (graph) => {
      people += 1;
      const id = `person-${people}`;
      return new SignJWT({ staff_id: id, agency_id: 'agency', roles })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setIssuer(url)
        .setSubject(id)
        .setAudience(`throughline-${graph}`)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
