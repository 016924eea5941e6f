import { Counter, Gauge, Histogram, type Registry } from '@throughline/runtime';
import type { Message } from './transport.ts';

export type Outcome = 'handled' | 'duplicate' | 'held' | 'failed' | 'parked';

/** What operators watch: the age of the oldest unsent fact is the alarm number. */
export interface Meters {
  received(outcome: Outcome): void;
  sent(count: number): void;
  oldestUnsent(ageMs: number): void;
  led(): void;
  /** From the commit that recorded the fact to its handling here. */
  lag(message: Message): void;
}

export function createMeters(registry: Registry): Meters {
  const registers = [registry];
  const facts = new Counter({
    name: 'facts_received_total',
    help: 'Facts by outcome',
    labelNames: ['outcome'],
    registers,
  });
  const sent = new Counter({ name: 'outbox_sent_total', help: 'Facts sent', registers });
  const leads = new Counter({
    name: 'outbox_relay_leads_total',
    help: 'Times this process became the relay',
    registers,
  });
  const age = new Gauge({
    name: 'outbox_oldest_unsent_age_ms',
    help: 'Age of the oldest fact not sent yet',
    registers,
  });
  const lag = new Histogram({
    name: 'fact_lag_seconds',
    help: 'From the fact to its handling',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  return {
    received: (outcome) => facts.inc({ outcome }),
    sent: (count) => sent.inc(count),
    oldestUnsent: (ageMs) => age.set(ageMs),
    led: () => leads.inc(),
    lag: ({ occurredAt }) => lag.observe(Math.max(0, Date.now() - occurredAt.getTime()) / 1000),
  };
}
