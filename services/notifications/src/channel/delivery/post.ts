import type { MessageChannel } from '../../catalogue/catalogue/routes.ts';
import type { Sender } from '../sender/sender.ts';

/** What deliveries are made with: the channels that this program has set up, and whose name and link messages carry. */
export interface Post {
  /** The server clock, UTC. */
  now: () => Date;
  /** Time zone of the program. */
  timeZone: string;
  senders: ReadonlyMap<MessageChannel, Sender>;
  /** Neutral name of the sender. */
  appName: string;
  /** Address of the application: `/notifications/<id>` shows one. */
  appUrl: string;
  chatUrl: string | null;
  /** How long a provider may take. */
  timeoutMs: number;
}
