import type { AttemptOutcome } from '../delivery/delivery.ts';
import type { Wording } from '../template/policy.ts';

/** A message that is ready to go. It holds nothing that identifies a person but the address of its receiver. */
export interface Outgoing extends Wording {
  deliveryId: string;
  /** Number of the attempt. */
  number: number;
  address: string;
  /** Of a push: all of them get it. */
  devices?: readonly Device[];
  language: string;
}

/** A browser that takes push messages. */
export interface Device {
  id: string;
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** How an attempt ended. */
export interface Sent {
  outcome: Extract<AttemptOutcome, 'ACCEPTED' | 'FAILED_FOR_NOW' | 'FAILED_FOR_GOOD'>;
  /** Code of the receiver, never its text: texts repeat addresses. */
  answer: string | null;
  providerRef: string | null;
  /** The receiver itself says that the person wants no messages. */
  isStopped?: boolean;
  /** Devices that no longer exist. */
  gone?: readonly string[];
}

/** A channel. `send` answers also what failed, and throws only for a bug. */
export interface Sender {
  send(message: Outgoing): Promise<Sent>;
  /** For a message whose sending was interrupted: what the provider already has of it; null when it has none. */
  find?(message: Outgoing, since: Date): Promise<Sent | null>;
  close?(): void;
}

export const failedForNow = (answer: string | null): Sent => ({
  ...{ outcome: 'FAILED_FOR_NOW', answer, providerRef: null },
});

/** A short code of what went wrong, for the log of attempts. */
export function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (typeof code === 'string' || typeof code === 'number') return String(code).slice(0, 40);
  return typeof name === 'string' ? name.slice(0, 40) : 'Error';
}
