import { z } from 'zod';
import { code, id } from './fields.ts';

/**
 * The only thing a partner's webhook ever receives: that something happened to a referral, and where it stands. No
 * client, no service, no sender, no need: each of them can tell of substance use treatment. The partner reads the
 * rest on the partner graph, where consent is asked again. Source: infra/reference/domain.md 8.12.
 */
export const partnerReferralMessage = z.strictObject({
  specversion: z.literal('1.0'),
  id: id.describe('Equal to the webhook-id header; the same for every attempt. Handle each id once.'),
  type: z
    .string()
    .regex(/^partner\.referral\.[a-z_]+$/)
    .describe('For example partner.referral.sent.'),
  source: z.literal('/network/referrals'),
  subject: z.string().regex(/^referral\/[0-9a-f-]{36}$/),
  time: z.iso.datetime(),
  sequence: z
    .string()
    .regex(/^\d+$/)
    .describe(
      'Counts all events of one agency from 1 without gaps; order is kept per referral. After a gap, read the event log on the partner graph.',
    ),
  data: z.strictObject({
    referralId: id,
    status: code,
    priority: code.optional().describe('Absent once the partner may no longer read the referral.'),
  }),
});
export type PartnerReferralMessage = z.infer<typeof partnerReferralMessage>;

/** Standard Webhooks 1.0. */
export const webhookHeaders = z.object({
  'webhook-id': id.describe('The message id: the same for every attempt.'),
  'webhook-timestamp': z
    .string()
    .regex(/^\d+$/)
    .describe('Unix seconds of this attempt; refuse what is more than five minutes off.'),
  'webhook-signature': z
    .string()
    .describe('Space-separated v1,<base64 HMAC-SHA256 of id.timestamp.body>; one that matches is enough.'),
});
