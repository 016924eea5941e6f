import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { RegisterClientInput } from '../../generated/graphql.ts';
import { ClientEntity } from '../../people/client/client.entity.ts';
import type { Client } from '../../people/client/client.ts';
import { registration, registrationFaults } from './register-person.ts';

/** Registers a person on the word of the member of staff who asks. */
export const registerClient = (context: Context, input: RegisterClientInput) =>
  command(
    context,
    {
      ...{ name: 'registerClient', input, creates: ClientEntity },
      ...{ clientOf: ({ id }: Client) => id, part: 'IDENTITY' },
      check: (now) => registrationFaults(input, { now, timeZone: context.timeZone }),
    },
    (_none, tools) => registration(input, tools, context.timeZone),
  );
