import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A TCP port of this machine that nobody listens on at the moment. */
export function freePort(): Promise<number> {
  return listenOnce(0, '127.0.0.1');
}

/** Whether a program could listen on this local port now. */
export async function isPortFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  try {
    await listenOnce(port, host);
    return true;
  } catch {
    return false;
  }
}

function listenOnce(port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  });
}

/** Whether a container engine answers on this machine. Decided within a second. */
export async function containerEngineAnswers(environment: NodeJS.ProcessEnv): Promise<boolean> {
  for (const socketPath of engineSockets(environment)) {
    if (await answersPing(socketPath)) return true;
  }
  return false;
}

function engineSockets(environment: NodeJS.ProcessEnv): string[] {
  const { DOCKER_HOST: given, XDG_RUNTIME_DIR: runtimeDir } = environment;
  if (given) return given.startsWith('unix://') ? [given.slice('unix://'.length)] : [];

  const known = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock')];
  if (runtimeDir) known.push(join(runtimeDir, 'docker.sock'));
  return known.filter((path) => existsSync(path));
}

function answersPing(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const ping = request({ socketPath, path: '/_ping', timeout: 800 }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    ping.once('timeout', () => ping.destroy());
    ping.once('error', () => {
      resolve(false);
    });
    ping.once('close', () => {
      resolve(false);
    });
    ping.end();
  });
}
