import { classOf, Counter, Histogram, Gauge, type Registry } from '@throughline/runtime';
import type { Message } from './transport.ts';

/** Result of a delivery. held: waits behind an earlier fact of its key; failed: this fact failed and is tried again. */
export type Outcome = 'handled' | 'duplicate' | 'held' | 'failed';

type Sent = Pick<Message, 'topic'>;

/**
 * Metrics of facts for operators. Names and labels follow OpenTelemetry's conventions for messaging, as
 * Prometheus writes them; what the conventions do not have has our own names.
 */
export interface Meters {
  sent(messages: readonly Sent[], seconds: number, error?: unknown): void;
  /** This process now leads the sending. */
  led(): void;
  timerStarted(job: string, lateSeconds: number): void;
  /** Slots of a class of jobs in this process, and the busy ones. */
  slots(jobClass: string, count: { busy: number; slots: number }): void;
  /** The meters of one consumer group. */
  consumer(group: string): ConsumerMeters;
}

export interface ConsumerMeters {
  delivered(outcome: Outcome, message: Message): void;
  /** A handler has run, or failed. */
  processed(message: Message, seconds: number, error?: unknown): void;
  /** From the commit that recorded the fact to its handling here. */
  lag(message: Message): void;
  /** A parked fact was handled later. */
  retried(message: Message): void;
  /** A fact now waits for a person. */
  parked(message: Message): void;
  /** Number of messages of a partition that are not handled yet. */
  behind(topic: string, partition: number, count: number): void;
  /** The group's partitions have been assigned again. */
  reassigned(): void;
}

export interface MetersOptions {
  /** Name of the transport. */
  system: string;
}

const system = 'messaging_system';
const operation = 'messaging_operation_name';
const destination = 'messaging_destination_name';
const group = 'messaging_consumer_group_name';
const partitionId = 'messaging_destination_partition_id';
const errorType = 'error_type';
const handling = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5];

export function createMeters(registry: Registry, options: MetersOptions): Meters {
  return {
    ...producerMeters([registry], options),
    ...timerMeters([registry]),
    consumer: consumerMeters([registry], options),
  };
}

function producerMeters(registers: Registry[], options: MetersOptions): Pick<Meters, 'sent' | 'led'> {
  const about = { [system]: options.system, [operation]: 'send' };
  const sent = new Counter({
    name: 'messaging_client_sent_messages_total',
    help: 'Facts handed to the broker, by error when they were not taken',
    labelNames: [system, operation, destination, errorType],
    registers,
  });
  const duration = new Histogram({
    name: 'messaging_client_operation_duration_seconds',
    help: 'Sends of up to 500 facts each',
    labelNames: [system, operation, errorType],
    buckets: handling,
    registers,
  });
  const leads = new Counter({
    name: 'relay_lead_changes_total',
    help: 'Times this process became the one that sends',
    registers,
  });
  return {
    sent: (messages, seconds, error) => {
      const failure = failureLabel(error);
      duration.observe({ ...about, ...failure }, seconds);
      for (const [topic, ofTopic] of Map.groupBy(messages, (message) => message.topic))
        sent.inc({ ...about, [destination]: topic, ...failure }, ofTopic.length);
    },
    led: () => leads.inc(),
  };
}

function consumerMeters(registers: Registry[], options: MetersOptions): Meters['consumer'] {
  const delivered = new Counter({
    name: 'messaging_client_consumed_messages_total',
    help: 'Deliveries by result: handled, duplicate, held behind another, failed',
    labelNames: [system, operation, destination, group, 'outcome'],
    registers,
  });
  const duration = new Histogram({
    name: 'messaging_process_duration_seconds',
    help: 'Handlers of facts',
    labelNames: [system, operation, destination, group, errorType],
    buckets: handling,
    registers,
  });
  const lag = new Histogram({
    name: 'fact_lag_seconds',
    help: 'From the fact to its handling',
    labelNames: [group],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 30],
    registers,
  });
  const counterOf = (name: string, help: string) =>
    new Counter({ name, help, labelNames: [destination, group], registers });
  const retried = counterOf('inbox_retried_total', 'Kept facts that were handled after all');
  const parked = counterOf('inbox_parked_total', 'Kept facts that came to wait for a person');
  const partitions = partitionMeters(registers, options);
  return (name) => {
    const about = { [system]: options.system, [group]: name };
    const own = { [group]: name };
    return {
      ...partitions(name),
      delivered: (outcome, { topic }) =>
        delivered.inc({ ...about, [operation]: 'receive', [destination]: topic, outcome }),
      processed: ({ topic }, seconds, error) =>
        duration.observe(
          { ...about, [operation]: 'process', [destination]: topic, ...failureLabel(error) },
          seconds,
        ),
      lag: ({ occurredAt }) => lag.observe(own, Math.max(0, Date.now() - occurredAt.getTime()) / 1000),
      retried: ({ topic }) => retried.inc({ ...own, [destination]: topic }),
      parked: ({ topic }) => parked.inc({ ...own, [destination]: topic }),
    };
  };
}

function partitionMeters(
  registers: Registry[],
  options: MetersOptions,
): (name: string) => Pick<ConsumerMeters, 'behind' | 'reassigned'> {
  const behind = new Gauge({
    name: 'messaging_consumer_lag',
    help: 'Messages of a partition that are not handled yet: the end of the log less the handled offset',
    labelNames: [system, destination, partitionId, group],
    registers,
  });
  return (name) => {
    const told = new Map<string, Record<string, string>>();
    return {
      behind: (topic, partition, count) => {
        const labels = {
          ...{ [system]: options.system, [group]: name },
          ...{ [destination]: topic, [partitionId]: String(partition) },
        };
        told.set(`${topic}/${String(partition)}`, labels);
        behind.set(labels, count);
      },
      // Another process reports those that went away.
      reassigned: () => {
        for (const labels of told.values()) behind.remove(labels);
        told.clear();
      },
    };
  };
}

function timerMeters(registers: Registry[]): Pick<Meters, 'timerStarted' | 'slots'> {
  const late = new Histogram({
    name: 'timer_lateness_seconds',
    help: 'How much later than it was due a job began',
    labelNames: ['job'],
    buckets: [0.1, 0.5, 1, 2, 5, 15, 60, 300, 3600],
    registers,
  });
  const gaugeOf = (name: string, help: string) =>
    new Gauge({ name, help, labelNames: ['job_class'], registers });
  const has = gaugeOf('job_slots', 'How many jobs of a class run at the same time');
  const busy = gaugeOf('job_slots_busy', 'How many jobs of a class run now');
  return {
    timerStarted: (job, lateSeconds) => late.observe({ job }, Math.max(0, lateSeconds)),
    slots: (jobClass, count) => {
      has.set({ job_class: jobClass }, count.slots);
      busy.set({ job_class: jobClass }, count.busy);
    },
  };
}

/** Only the class: the text of an error may contain data of a client. */
function failureLabel(error: unknown): Record<string, string> {
  if (error === undefined) return {};
  return { [errorType]: classOf(error) };
}
