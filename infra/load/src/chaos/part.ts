import type { Role } from './schedule.ts';

export const wrongs = [
  'naive-cursor',
  'no-inbox',
  'no-leader',
  'no-key-lock',
  'offsets-in-handler',
  'timers-in-memory',
] as const;
/** The six wrong ways to do it: each must turn the table red. */
export type Wrong = (typeof wrongs)[number];

/** What a child process is told when it starts. */
export interface Part {
  role: Role;
  /** Addresses go through the proxies. */
  senderUrl: string;
  hearerUrl: string;
  /** Of the treatment service; empty where nobody keeps timers. */
  treatmentUrl: string;
  brokers: string[];
  topicPrefix: string;
  keys: string[];
  /** Transactions per second of each process that writes; 0 once the writers have stopped. */
  rate: number;
  wrong?: Wrong | undefined;
}

/** What a child process tells now and then. */
export interface Tally {
  /** Facts handed to the broker and acknowledged; discharges of a keeper that were committed. */
  sent: number;
  /** Facts that came again and were suppressed by the inbox. */
  suppressed: number;
}

/** What a child process is told while it runs. */
export type Order = 'stop-writing';
