import type { DataSource } from 'typeorm';
import { pdfOf } from './aftercare/aftercare-plan/print.ts';

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

/** A page with a title and lines, as a PDF; the same text makes the same file. */
export function printedPage(title: string, lines: readonly string[]): Promise<Buffer> {
  const paragraphs = [
    { style: 'TITLE' as const, text: title },
    ...lines.map((text) => ({ style: 'TEXT' as const, text })),
  ];
  return pdfOf(paragraphs, { title, language: 'en', on: new Date(0) });
}
