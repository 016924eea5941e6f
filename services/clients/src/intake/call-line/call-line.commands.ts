import { command } from '@throughline/command';
import { invalidInput, type InputIssue } from '@throughline/graphql/problems';
import { IsNull } from 'typeorm';
import type { Context } from '../../context.ts';
import type { AddCallLineInput, ChangeCallLineInput, RetireCallLineInput } from '../../generated/graphql.ts';
import { readPhone } from '../../people/phone/phone.ts';
import { CallLineEntity } from './call-line.entity.ts';
import { addLine, callLineFaults, isDialled, retireLine, type CallLineRecord } from './call-line.ts';

const taken = {
  path: 'number',
  code: 'DUPLICATE',
  message: 'Another line has this number. Change or retire that one.',
};

export const addCallLine = (context: Context, input: AddCallLineInput) =>
  command(
    context,
    {
      ...{ name: 'addCallLine', input, creates: CallLineEntity, taken: () => invalidInput([taken]) },
      check: () => [...numberFaults(input.number), ...callLineFaults(recordOf(input))],
    },
    (_none, { now }) => addLine(recordOf(input), now),
  );

export const changeCallLine = (context: Context, input: ChangeCallLineInput) =>
  command(
    context,
    { name: 'changeCallLine', input, lock: [CallLineEntity, input.id] },
    async (line, { tx }) => {
      const changed = { ...line, ...recordOf({ ...line, ...without(input) }) };
      const faults = [...(input.number ? numberFaults(input.number) : []), ...callLineFaults(changed)];
      if (faults.length > 0) return invalidInput(faults);
      const { number } = changed;
      const where = { number, retiredAt: IsNull() };
      const others = await tx.find(CallLineEntity, { where, lock: { mode: 'for_no_key_update' } });
      const isTaken = others.some(({ id, extension }) => id !== line.id && extension === changed.extension);
      return isTaken && !line.retiredAt ? invalidInput([taken]) : { update: changed };
    },
  );

export const retireCallLine = (context: Context, input: RetireCallLineInput) =>
  command(context, { name: 'retireCallLine', input, lock: [CallLineEntity, input.id] }, (line, { now }) =>
    retireLine(line, now),
  );

type Given = Omit<AddCallLineInput, 'idempotencyKey'>;

/** A short number stays as it is; every other notation becomes E.164. */
function recordOf(input: Given): CallLineRecord {
  const phone = isDialled(input.number) ? null : readPhone(input.number);
  return {
    label: input.label,
    kind: input.kind,
    number: phone?.number ?? input.number,
    extension: input.extension ?? phone?.extension ?? null,
    textNumber: input.textNumber ?? null,
    chatUrl: input.chatUrl ?? null,
    timeZone: input.timeZone,
    hours: input.hours ?? [],
    languages: input.languages,
    interprets: input.interprets ?? false,
    states: (input.states ?? []).map((state) => state.toUpperCase()),
    rank: input.rank ?? 100,
  };
}

function numberFaults(number: string): InputIssue[] {
  const isShort = /^[2-9]\d{2}$/.test(number);
  if (isShort || readPhone(number)) return [];
  const message = 'Write the number with its area code, or a short number such as 988.';
  return [{ path: 'number', code: 'INVALID_FORMAT', message }];
}

/** The fields that were given; null removes what can be removed. */
function without({
  id: _id,
  expectedVersion: _version,
  idempotencyKey: _key,
  ...fields
}: ChangeCallLineInput) {
  const given = Object.entries(fields).filter(([, value]) => value !== undefined);
  const required = ['label', 'kind', 'number', 'timeZone', 'languages'];
  return Object.fromEntries(
    given.filter(([field, value]) => value !== null || !required.includes(field)),
  ) as Partial<Given>;
}
