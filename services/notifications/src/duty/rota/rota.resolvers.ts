import { act } from '@throughline/graphql';
import { instantAt } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { findDirectory } from './find-directory.ts';
import { holesIn, onCallAt } from './on-call-now.ts';
import { changeOnCallRota, endOnCallRota, startOnCallRota } from './rota.commands.ts';
import { findPlan, openRotas, peopleOf } from './rota.entity.ts';
import { turnAt, type OnCallRota, type Turn } from './rota.ts';

const DAYS_AHEAD = 28;

const later = (now: Date, days: number) => new Date(now.getTime() + days * 86_400_000);

async function nowOnCall({ db, now }: Context) {
  const at = now();
  const plan = await findPlan(db.manager, at, at);
  return onCallAt(plan, await findDirectory(db.manager, [], at), at);
}

async function comingHoles({ db, now }: Context) {
  const [from, until] = [now(), later(now(), DAYS_AHEAD)];
  const plan = await findPlan(db.manager, from, until);
  return holesIn(plan, await findDirectory(db.manager, peopleOf(plan), from), { from, until });
}

/** The turns from now on, the running one first. */
function turnsOf(rota: OnCallRota, at: Date, count: number): Turn[] {
  const turns: Turn[] = [];
  const { startsOn, handOverAt, timeZone } = rota;
  const first = turnAt(rota, at) ?? turnAt(rota, instantAt(startsOn, handOverAt, timeZone));
  for (let turn = first; turn && turns.length < count; turn = turnAt(rota, turn.until)) turns.push(turn);
  return turns;
}

const TURNS_AHEAD = 8;

export const resolvers: Resolvers = {
  Query: {
    onCallNow: (_root, _args, context) => nowOnCall(context),
    onCallHoles: (_root, _args, context) => comingHoles(context),
    onCallRotas: (_root, _args, { db }) => openRotas(db.manager),
  },
  Mutation: {
    startOnCallRota: act(startOnCallRota),
    changeOnCallRota: act(changeOnCallRota),
    endOnCallRota: act(endOnCallRota),
  },
  OnCallPerson: {
    staff: ({ staffId }) => ({ id: staffId }),
    insteadOf: ({ insteadOf }) => (insteadOf ? { id: insteadOf } : null),
  },
  OnCallRota: {
    staff: ({ staffIds }) => staffIds.map((id) => ({ id })),
    turns: (rota, _args, { now }) => turnsOf(rota, now(), TURNS_AHEAD),
  },
  OnCallTurn: { staff: ({ order: [first] }) => (first ? { id: first } : null) },
};
