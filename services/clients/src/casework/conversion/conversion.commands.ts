import { command, type Tools } from '@throughline/command';
import { mayChange, mayKnow } from '@throughline/care';
import { isUuid } from '@throughline/graphql';
import { type InputIssue, invalidInput, isProblem, issueAt, notFound } from '@throughline/graphql/problems';
import type { Moment } from '@throughline/privacy';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ConvertInquiryInput } from '../../generated/graphql.ts';
import { forgetCallback } from '../../intake/callback/callback-timers.ts';
import { findLine } from '../../intake/ending/ending.commands.ts';
import { transferFaults } from '../../intake/ending/transfer.ts';
import { refusalOf } from '../../intake/inquiry/allowed.ts';
import { InquiryEntity } from '../../intake/inquiry/inquiry.entity.ts';
import type { Inquiry } from '../../intake/inquiry/inquiry.ts';
import { mayWorkOn } from '../../intake/inquiry/may-work-on.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import type { Client } from '../../people/client/client.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { isOpen } from '../case-file/case-file.ts';
import { registration, registrationFaults } from '../registration/register-person.ts';
import { convert } from './conversion.ts';

/**
 * A first contact leads to a client: a new one by the rule of registration, or one whom the viewer may know. Exactly
 * once: the inquiry is locked, and the person who converted it gets the same client again.
 */
export const convertInquiry = (context: Context, input: ConvertInquiryInput) =>
  command(
    context,
    {
      ...{ name: 'convertInquiry', input, lock: [InquiryEntity, input.id], creates: ClientEntity },
      may: mayWorkOn(context.viewer),
      check: (now) => choiceFaults(input, { now, timeZone: context.timeZone }),
      again: async (tx, id) => (await findKnown(context, tx, id)) ?? notFound('Client'),
    },
    async (inquiry, tools) => {
      const { tx, now, viewer } = tools;
      if (inquiry.clientId !== null && inquiry.convertedBy === viewer.id)
        return { answer: await tx.findOneByOrFail(ClientEntity, { id: inquiry.clientId }) };
      const refused = refusalOf(inquiry, 'CONVERT', { worker: viewer, now });
      if (refused) return refused;
      const transfer = input.transfer ?? null;
      const faults = transferFaults(inquiry, transfer, await findLine(tx, transfer));
      if (faults.length > 0) return invalidInput(faults);
      return input.registration
        ? registered(context, input, inquiry, tools)
        : linked(context, input, inquiry, tools);
    },
  );

type Asked = Pick<ConvertInquiryInput, 'registration' | 'clientId' | 'transfer'>;

/** Registers the person and closes the contact in one transaction. */
async function registered(context: Context, input: Asked, inquiry: Inquiry, tools: Tools) {
  const { registration: form, transfer = null } = input;
  if (!form) throw new Error('choiceFaults asks for one of the two');
  const made = await registration(form, tools, context.timeZone);
  if (isProblem(made)) return made.kind === 'InvalidInput' ? invalidInput(inForm(made.issues)) : made;
  const { insert: client, caseId, facts = [], also } = made;
  const { update, fact } = convert(
    inquiry,
    { clientId: client.id, caseId, by: tools.viewer.id, transfer },
    tools.now,
  );
  return {
    insert: client,
    update,
    facts: [...facts, fact],
    also: async (tx: EntityManager) => {
      await also?.(tx);
      await forgetCallback(tx, inquiry.id);
    },
  };
}

/** Somebody who is a client called again. A client whom the viewer may not know looks like one that does not exist. */
async function linked(context: Context, input: Asked, inquiry: Inquiry, tools: Tools) {
  const { clientId, transfer = null } = input;
  const { tx, now, viewer } = tools;
  const client = clientId ? await findKnown(context, tx, clientId) : null;
  const care = client ? ((await context.care.careIn(tx, [client.id])).get(client.id) ?? null) : null;
  if (!client || !mayChange(viewer, care, 'SOCIAL')) return notFound('Client');
  const cases = await tx.findBy(CaseFileEntity, { clientId: client.id });
  const caseId = cases.find(isOpen)?.id ?? null;
  const { update, fact } = convert(inquiry, { clientId: client.id, caseId, by: viewer.id, transfer }, now);
  return { update, facts: [fact], also: () => forgetCallback(tx, inquiry.id), answer: client };
}

async function findKnown({ care, viewer }: Context, tx: EntityManager, id: string): Promise<Client | null> {
  if (!isUuid(id)) return null;
  const known = (await care.careIn(tx, [id])).get(id.toLowerCase()) ?? null;
  return mayKnow(viewer, known) ? tx.findOneBy(ClientEntity, { id }) : null;
}

/** A new person or a known client, one of the two; the faults of the registration stand at their place in it. */
function choiceFaults({ registration: form, clientId }: Asked, at: Moment): InputIssue[] {
  if (form && clientId)
    return [issueAt('clientId', 'CONTRADICTS', 'Name a client or a registration, not both.')];
  if (!form && !clientId)
    return [issueAt('registration', 'MISSING', 'Name a client, or register a new one.')];
  return form ? inForm(registrationFaults(form, at)) : [];
}

/** Faults of the registration at their place in the input of the conversion. */
function inForm(faults: readonly InputIssue[]): InputIssue[] {
  return faults.map((fault) => ({ ...fault, path: `registration.${fault.path}` }));
}
