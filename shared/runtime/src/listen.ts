import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from './cannot-start.ts';

/** Where to listen: a port of one address, this machine's own unless told otherwise. */
export interface ListenAt {
  port: number;
  /** Default 127.0.0.1. */
  host?: string;
}

/** A proxy in front keeps unused connections for 60 s as a rule: the server may not close one that the proxy is about to use. */
const KEEP_ALIVE_MS = 65_000;

/** Resolves when the server listens. A port that is taken or not permitted is told in one sentence. */
export function listen(server: Server, { port, host = '127.0.0.1' }: ListenAt): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      reject(new CannotStart(whyNotListening(code, port, host)));
    });
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    server.listen(port, host, resolve);
  });
}

function whyNotListening(code: string, port: number, host: string): string {
  if (code === 'EADDRINUSE') return `Port ${port} is taken: stop what uses it, or set another one.`;
  if (code === 'EACCES') return `Port ${port} needs the rights of an administrator: set one above 1023.`;
  return `Nothing can listen on ${host} (${code}): set LISTEN_HOST to an address of this machine.`;
}

/**
 * Address at which this machine reaches the server; `name` replaces an address of this machine, or all
 * addresses.
 */
export function originOf(server: Server, name = '127.0.0.1'): string {
  const { address, port, family } = server.address() as AddressInfo;
  if (['0.0.0.0', '::', '127.0.0.1'].includes(address)) return `http://${name}:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Accepts no new connection, lets running requests end, closes idle connections. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 5_000).unref();
  });
}
