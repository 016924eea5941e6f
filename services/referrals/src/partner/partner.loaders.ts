import type { Context } from '../context.ts';
import type { Referral } from '../referral/referral.ts';
import { viewForPartner, type PartnerView } from './partner-view.ts';

/**
 * One decision and one line of the ledger for all fields of one answer, kept for this request only. A later
 * version of the referral is decided anew.
 */
export class PartnerViews {
  readonly #views = new Map<string, Promise<PartnerView | null>>();

  load(context: Context, referral: Referral): Promise<PartnerView | null> {
    const key = `${referral.id}:${String(referral.version)}`;
    const known = this.#views.get(key);
    if (known) return known;
    const view = viewForPartner(context, referral);
    this.#views.set(key, view);
    // The read may itself have acknowledged: then it stands for the version after that too.
    return view.then((seen) => {
      if (seen) this.#views.set(`${seen.referral.id}:${String(seen.referral.version)}`, view);
      return seen;
    });
  }
}
