/** The steps of a sender at which a process is killed, in their order. */
export const senderPoints = ['before-commit', 'before-send', 'before-mark', 'after-mark'] as const;

/** The steps of a consumer, in their order. */
export const hearerPoints = [
  'before-effect',
  'before-inbox-commit',
  'after-inbox-commit',
  'before-offset-commit',
  'after-offset-commit',
] as const;

export type CrashPoint = (typeof senderPoints | typeof hearerPoints)[number];

/** Arguments of `crash-process.ts`. */
export interface CrashPart {
  /** Step at which it kills itself; none for the process that finishes the work of another. */
  point?: CrashPoint;
  /**
   * A process that is killed while it sends need not be a member of the group: the group would first have to
   * notice its death.
   */
  hears: boolean;
  senderUrl: string;
  hearerUrl: string;
  brokers: string[];
  topicPrefix: string;
  key: string;
  /** Recorded in one transaction. */
  versions: number[];
}
