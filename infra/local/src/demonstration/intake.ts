import type { Call } from '../call-services.ts';
import { command, staff } from './asking.ts';
import type { DemonstrationPlan } from './plan.ts';

/** A first contact as `npm start` shows it, with the step that ends it; null: the call goes on. */
interface ContactPlan {
  key: string;
  open: Record<string, unknown>;
  answers?: { question: string; answers: string[] }[];
  end?: Record<string, unknown>;
  register?: Record<string, unknown>;
}

const minuteMs = 60_000;
const helpline = { callLineId: '0199a000-0000-7000-8000-000000004357' };

/** A call in progress, a callback that is due soon, one that is missed a moment later, a new client, and an anonymous call. */
export function planContacts(now: Date): ContactPlan[] {
  const at = (minutes: number): string => new Date(now.getTime() + minutes * minuteMs).toISOString();
  const promise = (minutes: number) => ({ disposition: 'CALLBACK_SCHEDULED', callback: { at: at(minutes) } });
  return [
    {
      key: 'in-progress',
      open: {
        ...{
          channel: 'CALL',
          callerRelation: 'FAMILY',
          callerName: 'Perpetua Lindholm',
          language: 'en',
          state: 'PA',
        },
        ...{
          presentingConcern: 'My brother wants to stop drinking and does not know whom to ask.',
          ...helpline,
        },
      },
      answers: [
        { question: 'danger-now', answers: ['NO'] },
        { question: 'harm-thoughts', answers: ['NO'] },
        { question: 'recent-use', answers: ['YES'] },
      ],
    },
    {
      key: 'callback-soon',
      open: {
        ...{
          channel: 'WEB',
          callerRelation: 'SELF',
          callerName: 'Casimir Doorn',
          language: 'es',
          receivedAt: at(-90),
        },
        ...{
          callbackNumber: '+12155550161',
          safeToCallBack: true,
          presentingConcern: 'Needs a place to sleep.',
        },
      },
      answers: [{ question: 'tonight', answers: ['NO'] }],
      end: promise(15),
    },
    {
      key: 'callback-missed',
      open: {
        ...{
          channel: 'CALL',
          callerRelation: 'PROVIDER',
          callerName: 'Ward 4, Eastmere Hospital',
          receivedAt: at(-240),
        },
        ...{ callbackNumber: '215-555-0162 ext. 204', safeToCallBack: true, urgency: 'URGENT' },
        ...{ presentingConcern: 'Discharge tomorrow, no appointment yet.' },
      },
      end: promise(1),
    },
    {
      key: 'converted',
      open: {
        ...{
          channel: 'WALK_IN',
          callerRelation: 'SELF',
          callerName: 'Ottilie Marrow',
          receivedAt: at(-26 * 60),
        },
        presentingConcern: 'Wants to begin treatment and is afraid of withdrawal.',
      },
      register: {
        ...{ legalName: 'Ottilie Marrow', dateOfBirth: '1979-08-30', preferredLanguage: 'en' },
        ...{ populations: ['SUBSTANCE_USE'], needs: [{ category: 'SUD_TREATMENT', clientRank: 1 }] },
      },
    },
    {
      key: 'anonymous',
      open: { channel: 'TEXT', callerRelation: 'OTHER', anonymous: true, receivedAt: at(-180) },
      end: { disposition: 'INFO_GIVEN' },
    },
  ];
}

interface Opened {
  id: string;
  version: number;
}

/** The contacts of the intake desk, once: a desk that has any is left as it is. */
export async function loadContacts(
  call: Call,
  plan: DemonstrationPlan,
  intakeWorkerId: string,
): Promise<void> {
  const viewer = staff(intakeWorkerId, 'INTAKE_WORKER');
  const { inquiries } = await call<{ inquiries: { edges: unknown[] } }>(
    'clients',
    viewer,
    '{ inquiries(filter: { status: [OPEN, CALLBACK, ENDED] }, first: 1) { edges { cursor } } }',
    {},
  );
  if (inquiries.edges.length > 0) return;
  const service = 'clients';
  const fields = 'Inquiry { id version }';
  const step = (name: string, input: Record<string, unknown>, answer = fields) =>
    command<Opened>(call, {
      ...{ service, viewer, name, fields: answer, input },
      inputType: `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`,
    });
  for (const contact of planContacts(new Date())) {
    let inquiry = await step('openInquiry', contact.open);
    const next = () => ({ id: inquiry.id, expectedVersion: inquiry.version });
    if (contact.answers) inquiry = await step('answerTriage', { ...next(), answers: contact.answers });
    if (contact.end) inquiry = await step('endInquiry', { ...next(), ...contact.end });
    if (!contact.register) continue;
    const idempotencyKey = `${plan.seed}/inquiry/${contact.key}`;
    await step(
      'convertInquiry',
      { id: inquiry.id, registration: contact.register, idempotencyKey },
      'Client { id version }',
    );
  }
}
