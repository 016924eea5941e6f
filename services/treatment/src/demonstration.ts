import type { DataSource } from 'typeorm';

/** What demonstration data needs and the graph does not offer. Nothing else may use it. */

/** Puts a plan into force earlier, so that its first review is late; asked again it changes nothing. */
export async function activateEarlier(db: DataSource, carePlanId: string, days: number): Promise<void> {
  await db.query(
    `update care_plan set opened_at = opened_at - $2 * interval '1 day',
       activated_at = activated_at - $2 * interval '1 day', review_on = review_on - $2::integer
     where id = $1 and status = 'ACTIVE' and activated_at > now() - interval '1 day'`,
    [carePlanId, days],
  );
}
