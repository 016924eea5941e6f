import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { ClaimCallbackInput, ReleaseCallbackInput } from '../../generated/graphql.ts';
import { claimantOf, refusalOf } from '../inquiry/allowed.ts';
import { InquiryEntity } from '../inquiry/inquiry.entity.ts';
import { mayWorkOn } from '../inquiry/may-work-on.ts';
import { awaitMiss } from './callback-timers.ts';
import { claim, release } from './callback.ts';

/** Of two who claim at once the second is refused; who claimed it already may ask again. */
export const claimCallback = (context: Context, input: ClaimCallbackInput) =>
  command(
    context,
    { name: 'claimCallback', input, lock: [InquiryEntity, input.id], may: mayWorkOn(context.viewer) },
    (inquiry, { now, viewer }) => {
      if (inquiry.status === 'CALLBACK' && claimantOf(inquiry, now) === viewer.id) return { update: inquiry };
      const refused = refusalOf(inquiry, 'CLAIM_CALLBACK', { worker: viewer, now });
      return refused ?? { update: claim(inquiry, viewer.id, now) };
    },
  );

/** The person who claimed it gives it back, or a supervisor does when that person is away. */
export const releaseCallback = (context: Context, input: ReleaseCallbackInput) =>
  command(
    context,
    { name: 'releaseCallback', input, lock: [InquiryEntity, input.id], may: mayWorkOn(context.viewer) },
    (inquiry, { tx, now, viewer }) => {
      const refused = refusalOf(inquiry, 'RELEASE_CALLBACK', { worker: viewer, now });
      if (refused) return refused;
      const { id: inquiryId, callbackDueAt: dueAt } = inquiry;
      return {
        update: release(inquiry),
        also: async () => {
          if (dueAt)
            await awaitMiss(tx, { inquiryId, dueAt }, new Date(Math.max(dueAt.getTime(), now.getTime())));
        },
      };
    },
  );
