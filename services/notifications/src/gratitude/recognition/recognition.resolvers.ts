import { act, isUuid } from '@throughline/graphql';
import { momentOf, today } from '@throughline/privacy';
import { MoreThanOrEqual } from 'typeorm';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { isSelf } from '../../inbox/notification/is-self.ts';
import { CampaignEntity } from './campaign.entity.ts';
import { defaultsOf, type RecognitionCampaign } from './campaign.ts';
import { boundsOf, deedKinds, lastWeek, type DeedKind } from './recap.ts';
import { planRecognition } from './recognition.commands.ts';

const MOST = 100;

export const resolvers: Resolvers = {
  Query: { recognitionCampaigns: (_root, _args, context) => findCampaigns(context) },
  Mutation: { planRecognition: act(planRecognition) },
  RecognitionCampaign: {
    isNow: ({ from, to }, _args, context) => {
      const day = today(momentOf(context));
      return from <= day && day <= to;
    },
  },
  StaffMember: {
    lastWeek: ({ id }, _args, context) =>
      isSelf(context.viewer, id) && isUuid(id) ? recapOf(id, context) : null,
  },
};

/** What is now or comes: of each default one the next time. */
async function findCampaigns(context: Context): Promise<RecognitionCampaign[]> {
  const day = today(momentOf(context));
  const year = Number(day.slice(0, 4));
  const own = await context.db.manager.find(CampaignEntity, {
    where: { to: MoreThanOrEqual(day) },
    order: { to: 'ASC', id: 'ASC' },
    take: MOST,
  });
  const next = [year, year + 1].map(defaultsOf).find((found) => found.every(({ to }) => to >= day)) ?? [];
  return [...next, ...own].sort((one, other) => (one.from < other.from ? -1 : 1));
}

/** Counts what this person did, and compares with nobody. */
async function recapOf(staffId: string, context: Context) {
  const week = lastWeek(momentOf(context));
  const rows: { kind: DeedKind; times: number }[] = await context.db.query(
    `select kind, count(*)::int as times from deed
     where staff_id = $1 and done_at >= $2 and done_at < $3 group by kind`,
    [staffId, ...boundsOf(week, context.timeZone)],
  );
  const times = new Map(rows.map((row) => [row.kind, row.times]));
  const done = deedKinds.map((kind) => ({ kind, times: times.get(kind) ?? 0 }));
  return { ...week, done: done.filter((one) => one.times > 0) };
}
