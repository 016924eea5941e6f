import { createServer } from 'node:http';
import {
  answerProbe,
  closeServer,
  listen,
  originOf,
  type ListenAt,
  type Ready,
  type Registry,
} from '@throughline/runtime';

/** Serves /metrics and the probes at a separate port: callers of the graphs must not read them. */
export async function serveMetrics(
  at: ListenAt,
  { metrics, ready }: { metrics: Registry; ready: Ready },
): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    answerProbe(request, response, { metrics, ready }).then(
      (answered) => {
        if (!answered) response.writeHead(404).end();
      },
      () => response.writeHead(500).end(),
    );
  });
  await listen(server, at);
  return { url: `${originOf(server, 'localhost')}/metrics`, close: () => closeServer(server) };
}
