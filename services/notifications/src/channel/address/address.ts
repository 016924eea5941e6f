import type { InputIssue } from '@throughline/graphql/problems';

/** Channels that need an address of the person; push has subscriptions of devices, a chat belongs to the program. */
export const addressedChannels = ['EMAIL', 'SMS', 'VOICE'] as const;
export type AddressedChannel = (typeof addressedChannels)[number];

/** UNREACHABLE: the receiver refused it for good. STOPPED: the person answered STOP. */
export type AddressFault = 'UNREACHABLE' | 'STOPPED';

export const messageLanguages = ['en', 'es'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

/** Where a member of staff wants to be reached outside the application. */
export interface StaffAddress {
  staffId: string;
  channel: AddressedChannel;
  address: string;
  language: MessageLanguage;
  fault: AddressFault | null;
  changedAt: Date;
}

const forms: Readonly<Partial<Record<AddressedChannel, { is: RegExp; code: string; message: string }>>> = {
  EMAIL: {
    is: /^[^\s@<>,;:"]{1,64}@[^\s@<>,;:"]{1,190}$/,
    code: 'NOT_AN_EMAIL',
    message: 'Give one e-mail address.',
  },
  SMS: { is: /^\+[1-9]\d{6,14}$/, code: 'NOT_A_PHONE', message: 'Give the number as +13055550123.' },
  VOICE: { is: /^\+[1-9]\d{6,14}$/, code: 'NOT_A_PHONE', message: 'Give the number as +13055550123.' },
};

/** Faults of an address for messages; a value that could not be read is told elsewhere. */
export function addressFaults(channel: AddressedChannel, address: string | undefined): InputIssue[] {
  const form = forms[channel];
  if (!form || address === undefined || form.is.test(address.trim())) return [];
  return [{ path: 'address', code: form.code, message: form.message }];
}
