import webPush from 'web-push';
import { codeOf, failedForNow, type Device, type Outgoing, type Sender, type Sent } from './sender.ts';

export interface PushSettings {
  publicKey: string;
  privateKey: string;
  /** mailto: or https: address of the operator, for the push service. */
  contact: string;
  timeoutMs: number;
}

/** Seconds that a push service keeps a message for a device that is off. */
const KEPT_SECONDS = 24 * 3600;

/**
 * Push to all devices of a person. Each message is encrypted for its browser; a later attempt of the same message replaces the
 * one that still waits. A device that is gone (404, 410) is forgotten.
 */
export function pushSender(settings: PushSettings): Sender {
  return {
    send: async (message) => {
      const tried = await Promise.all(
        (message.devices ?? []).map(async (device) => ({
          device,
          sent: await push(settings, message, device),
        })),
      );
      const gone = tried
        .filter(({ sent }) => sent.outcome === 'FAILED_FOR_GOOD')
        .map(({ device }) => device.id);
      const taken = tried.find(({ sent }) => sent.outcome === 'ACCEPTED');
      const open = tried.find(({ sent }) => sent.outcome === 'FAILED_FOR_NOW');
      return {
        ...((taken ?? open ?? tried[0])?.sent ?? { ...failedForNow(null), outcome: 'FAILED_FOR_GOOD' }),
        gone,
      };
    },
  };
}

async function push(
  settings: PushSettings,
  { deliveryId, subject, body }: Outgoing,
  device: Device,
): Promise<Sent> {
  const { publicKey, privateKey, contact, timeoutMs } = settings;
  const { endpoint, p256dh, auth } = device;
  try {
    const request = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify({ title: subject, body }),
      {
        vapidDetails: { subject: contact, publicKey, privateKey },
        ...{ TTL: KEPT_SECONDS, urgency: 'high', topic: deliveryId.replaceAll('-', '') },
      },
    );
    const response = await fetch(request.endpoint, {
      ...{ method: 'POST', redirect: 'error', signal: AbortSignal.timeout(timeoutMs) },
      ...{
        headers: request.headers as unknown as Record<string, string>,
        body: new Uint8Array(request.body),
      },
    });
    await response.body?.cancel();
    const answer = String(response.status);
    if (response.ok) return { outcome: 'ACCEPTED', answer, providerRef: null };
    return response.status === 404 || response.status === 410
      ? { outcome: 'FAILED_FOR_GOOD', answer, providerRef: null }
      : failedForNow(answer);
  } catch (error) {
    return failedForNow(codeOf(error));
  }
}
