/** The steps of a sender at which a process is killed, in their order. */
export const senderPoints = ['before-commit', 'before-send', 'before-mark', 'after-mark'] as const;

/** The steps of a hearer, in their order. */
export const hearerPoints = [
  'before-effect',
  'before-inbox-commit',
  'after-inbox-commit',
  'before-offset-commit',
  'after-offset-commit',
] as const;

export type CrashPoint = (typeof senderPoints | typeof hearerPoints)[number];

/** What `crash-process.ts` is told when it starts. */
export interface CrashPart {
  /** Where it kills itself; none for the process that finishes what another one began. */
  point?: CrashPoint;
  /** A process that is killed while it sends need not be a member of the group, which would have to miss it first. */
  hears: boolean;
  senderUrl: string;
  hearerUrl: string;
  brokers: string[];
  topicPrefix: string;
  key: string;
  /** Recorded in one transaction. */
  versions: number[];
}
