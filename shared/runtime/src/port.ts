import { z } from 'zod';

/**
 * Ports that `fetch` refuses, in browsers and in Node: a program that listens there cannot be called.
 * Source: https://fetch.spec.whatwg.org/#port-blocking
 */
export const blockedPorts: ReadonlySet<number> = new Set([
  ...[1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95],
  ...[101, 102, 103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427],
  ...[465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993],
  ...[995, 1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669],
  ...[6679, 6697, 10080],
]);

const tcpPort = z.coerce.number().int().min(0).max(65535);

/** A TCP port that HTTP is served on; 0 takes any free port. */
export const httpPort = tcpPort.refine((port) => !blockedPorts.has(port), {
  error: ({ input }) =>
    `browsers and fetch refuse port ${String(input)}: choose another one, for example ${Number(input) + 10_000}`,
});

/** A TCP port of a server that does not speak HTTP. */
export const serverPort = tcpPort.min(1);

/** An http or https address that `fetch` does not refuse because of its port. */
export const webAddress = z.url({ protocol: /^https?$/ }).refine((url) => !blockedPorts.has(portOf(url)), {
  error: ({ input }) => `browsers and fetch refuse the port of ${String(input)}: choose another one`,
});

function portOf(url: string): number {
  return URL.canParse(url) ? Number(new URL(url).port) : 0;
}

/** The settings among `ports` that name a port which an earlier one has taken; 0 stands for any free port. */
export function samePorts(
  ports: ReadonlyMap<string, number>,
): { setting: string; first: string; port: number }[] {
  const holders = new Map<number, string>();
  return [...ports].flatMap(([setting, port]) => {
    const first = holders.get(port);
    if (port !== 0 && first !== undefined) return [{ setting, first, port }];
    holders.set(port, setting);
    return [];
  });
}
