import { topicsFor } from '@throughline/events';
import { z } from 'zod';

/** Signal of a fact to subscribers: ids to read again. Nothing else of the fact is stored. */
export interface Signal {
  /** Id of the fact; the same in every gateway. */
  id: string;
  notification?: { id: string; recipientId: string };
  referralId?: string;
  clientId?: string;
  /** New case manager of the client. */
  assignment?: { to: string | null };
  /** What a staff record says of a member of staff from now on. */
  standing?: { staffId: string; roles: readonly string[]; active: boolean };
}

interface Heard {
  id: string;
  topic: string;
  type: string;
  data: unknown;
}

const ids = z.object({
  notificationId: z.string().optional(),
  recipientId: z.string().optional(),
  referralId: z.string().optional(),
  clientId: z.string().nullish(),
  caseManagerId: z.string().nullish(),
});

const standing = z.object({ staffId: z.string(), roles: z.array(z.string()), active: z.boolean() });

/** With those restricted topics that name the gateway: it passes on the id of the client, and neither type nor data. */
export const liveTopics: readonly string[] = topicsFor('gateway');

/** Signal for a fact; null when no subscription listens to facts of that type. */
export function signalOf({ id, topic, type, data }: Heard): Signal | null {
  if (type === 'StaffRecorded') {
    const recorded = standing.safeParse(data);
    return recorded.success ? { id, standing: recorded.data } : null;
  }
  const known = ids.safeParse(data);
  if (!known.success) return null;
  const { notificationId, recipientId, referralId, clientId, caseManagerId } = known.data;

  if (topic === 'notifications.v1') {
    if (type !== 'NotificationAdded' || !notificationId || !recipientId) return null;
    return { id, notification: { id: notificationId, recipientId } };
  }
  const signal: Signal = {
    id,
    ...(referralId && { referralId }),
    ...(clientId && { clientId }),
    ...(type === 'CaseManagerAssigned' && {
      assignment: { to: caseManagerId ?? null },
    }),
  };
  return signal.referralId || signal.clientId ? signal : null;
}
