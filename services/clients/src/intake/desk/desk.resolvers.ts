import { endOfDay, momentOf, today } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { findLines } from '../call-line/call-line.entity.ts';
import { isOpenAt } from '../call-line/opening.ts';
import { LEAD_MINUTES } from '../callback/callback.ts';
import { InquiryEntity } from '../inquiry/inquiry.entity.ts';
import type { Inquiry } from '../inquiry/inquiry.ts';
import { currentScript } from '../triage/triage.entity.ts';

/** The desk has no row: each of its fields is a list of its own. */
export type DeskRow = Record<string, never>;

const MOST = 100;

export const resolvers: Resolvers = {
  Query: { intakeDesk: () => ({}) },
  IntakeDesk: {
    open: (_desk, _args, { db }) =>
      db.manager.find(InquiryEntity, {
        where: { status: 'OPEN' },
        order: { receivedAt: 'ASC', id: 'ASC' },
        take: MOST,
      }),
    overdueCallbacks: (_desk, _args, context) => promisedBetween(context, null, context.now()),
    dueCallbacks: (_desk, _args, context) => promisedBetween(context, context.now(), dueBy(context)),
    laterToday: (_desk, _args, context) =>
      promisedBetween(context, dueBy(context), endOfDay(today(momentOf(context)), context.timeZone)),
    linesOpenNow: async (_desk, _args, { db, now }) =>
      (await findLines(db.manager)).filter((line) => isOpenAt(line, now())),
    triageScript: (_desk, _args, { db }) => currentScript(db.manager),
  },
};

function dueBy({ now }: Context): Date {
  return new Date(now().getTime() + LEAD_MINUTES * 60_000);
}

/** Calls promised after `from` and until `to`, by their time. */
function promisedBetween({ db }: Context, from: Date | null, to: Date): Promise<Inquiry[]> {
  const query = db.manager
    .createQueryBuilder(InquiryEntity, 'i')
    .where(`i.status = 'CALLBACK' and i.callbackDueAt <= :to`, { to })
    .orderBy({ 'i.callbackDueAt': 'ASC', 'i.id': 'ASC' })
    .limit(MOST);
  if (from) query.andWhere('i.callbackDueAt > :from', { from });
  return query.getMany();
}
