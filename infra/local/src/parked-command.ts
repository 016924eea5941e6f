import { decideParked, findParked, listParked, type ParkedMessage } from '@throughline/messaging';
import type { DataSource } from 'typeorm';

export interface Asked {
  action: string;
  id: string;
  reason: string | null;
  by: string;
  /** Position of the last fact of the page before. */
  after: string | null;
  /** The settled ones too. */
  all: boolean;
}

export interface Answer {
  /** 0, or the exit code of a refusal. */
  code: number;
  text: string;
}

export const usage = `npm run parked -- <service> list [--all] [--after <position>]
npm run parked -- <service> show <id>
npm run parked -- <service> retry <id> --reason "what was corrected"
npm run parked -- <service> drop <id> --reason "why it is not needed"
--by names who decides; the name of your account when left out.`;

const pageSize = 50;
const wrongUse = 64;

/** Facts hold ids and codes only, so that all of this may be shown on a screen. */
export async function answerParked(db: DataSource, asked: Asked): Promise<Answer> {
  const { action, id } = asked;
  if (action === 'list') return list(db, asked);
  if (action === 'show') return show(db, id);
  if (action === 'retry' || action === 'drop') return decide(db, asked);
  return { code: wrongUse, text: usage };
}

async function list(db: DataSource, { after, all }: Asked): Promise<Answer> {
  if (after !== null && !/^\d{1,18}$/.test(after))
    return { code: wrongUse, text: '--after is the position of the last line that you have.' };
  const found = await listParked(db, {
    first: pageSize,
    ...(after && { after }),
    ...(all && { states: ['WAITING', 'PARKED', 'HELD', 'RETRIED', 'DROPPED'] }),
  });
  if (found.length === 0)
    return { code: 0, text: after ? 'No more.' : 'Nothing is parked: every fact was handled.' };
  const last = found.length === pageSize ? [`More: --after ${found.at(-1)?.position ?? ''}`] : [];
  return { code: 0, text: [...found.map(line), ...last].join('\n') };
}

function line(message: ParkedMessage): string {
  const { id, state, consumer, type, key, sequence, attempts, errors, firstFailedAt } = message;
  const latest = errors.at(-1);
  const why = latest ? [latest.name, latest.code].filter(Boolean).join(' ') : 'behind another';
  return `${id}  ${state.padEnd(7)}  ${type} ${key}#${sequence} for ${consumer}, since ${firstFailedAt.toISOString()}, ${attempts} attempts  ${why}`;
}

async function show(db: DataSource, id: string): Promise<Answer> {
  const found = await findParked(db, id);
  return found ? { code: 0, text: JSON.stringify(found, null, 2) } : unknown(id);
}

async function decide(db: DataSource, { action, id, reason, by }: Asked): Promise<Answer> {
  if (!reason?.trim() || reason.trim().length > 500)
    return {
      code: wrongUse,
      text: 'Say why with --reason, in 1 to 500 characters: it is kept with the decision.',
    };
  const decided = await decideParked(db, id, { decision: action === 'drop' ? 'DROP' : 'RETRY', reason, by });
  if (decided === 'UNKNOWN') return unknown(id);
  if (decided === 'NOT_PARKED') {
    const state = (await findParked(db, id))?.state ?? 'settled';
    return { code: 1, text: `It waits for no decision: it is ${state}. Nothing was changed.` };
  }
  const text =
    action === 'drop'
      ? 'Given up. The facts held behind it are handled now.'
      : 'It is tried again now, and after it the facts held behind it.';
  return { code: 0, text };
}

function unknown(id: string): Answer {
  return { code: 1, text: `There is no parked fact ${id || '(name its id)'} here: see list.` };
}
