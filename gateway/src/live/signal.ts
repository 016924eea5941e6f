import { topics } from '@throughline/events';
import { z } from 'zod';

/** What a fact tells subscribers: which ids to read again. No more of the fact is kept. */
export interface Signal {
  /** Of the fact; the same in every gateway. */
  id: string;
  notification?: { id: string; recipientId: string };
  referralId?: string;
  clientId?: string;
  /** Whose caseload the client is on from now on, and whose it was. */
  assignment?: { from: string | null; to: string | null };
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
  previousCaseManagerId: z.string().nullish(),
});

export const liveTopics: readonly string[] = topics;

/** What subscribers may hear of a fact; null when none of them listens to its kind. */
export function signalOf({ id, topic, type, data }: Heard): Signal | null {
  const known = ids.safeParse(data);
  if (!known.success) return null;
  const { notificationId, recipientId, referralId, clientId, caseManagerId, previousCaseManagerId } =
    known.data;

  if (topic === 'notifications.v1') {
    if (type !== 'NotificationAdded' || !notificationId || !recipientId) return null;
    return { id, notification: { id: notificationId, recipientId } };
  }
  const signal: Signal = {
    id,
    ...(referralId && { referralId }),
    ...(clientId && { clientId }),
    ...(type === 'CaseManagerAssigned' && {
      assignment: { from: previousCaseManagerId ?? null, to: caseManagerId ?? null },
    }),
  };
  return signal.referralId || signal.clientId ? signal : null;
}
