import type { Role } from './schedule.ts';

export const wrongs = ['naive-cursor', 'no-inbox', 'no-leader', 'no-key-lock', 'offsets-in-handler'] as const;
/** The five wrong ways to do it: each must turn the table red. */
export type Wrong = (typeof wrongs)[number];

/** What a child process is told when it starts. */
export interface Part {
  role: Role;
  /** Addresses go through the proxies. */
  senderUrl: string;
  hearerUrl: string;
  brokers: string[];
  topicPrefix: string;
  keys: string[];
  /** Transactions per second of each process that writes; 0 once the writers have stopped. */
  rate: number;
  wrong?: Wrong | undefined;
}

/** What a child process tells now and then. */
export interface Tally {
  /** Facts handed to the broker and acknowledged. */
  sent: number;
  /** Facts that came again and were suppressed by the inbox. */
  suppressed: number;
}

/** What a child process is told while it runs. */
export type Order = 'stop-writing';
