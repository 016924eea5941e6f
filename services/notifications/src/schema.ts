import type { Logger } from '@throughline/runtime';
import { serviceSchema } from '@throughline/service';
import type { GraphQLSchema } from 'graphql';
import { resolvers as catalogue } from './catalogue/catalogue/catalogue.resolvers.ts';
import { resolvers as escalation } from './duty/escalation/escalation.resolvers.ts';
import { resolvers as note } from './gratitude/note/note.resolvers.ts';
import { resolvers as recognition } from './gratitude/recognition/recognition.resolvers.ts';
import { resolvers as notification } from './inbox/notification/notification.resolvers.ts';
import { resolvers as onCall } from './duty/on-call/on-call.resolvers.ts';
import { resolvers as rota } from './duty/rota/rota.resolvers.ts';
import { resolvers as policy } from './duty/policy/policy.resolvers.ts';
import { resolvers as digest } from './digest/digest/digest.resolvers.ts';
import { resolvers as address } from './channel/address/address.resolvers.ts';
import { resolvers as delivery } from './channel/delivery/delivery.resolvers.ts';
import { resolvers as consent } from './channel/client-channel/consent.resolvers.ts';
import { resolvers as push } from './channel/push/push.resolvers.ts';
import { resolvers as preference } from './channel/preference/preference.resolvers.ts';
import { resolvers as template } from './channel/template/template.resolvers.ts';
import { resolvers as quietHours } from './channel/quiet-hours/quiet-hours.resolvers.ts';

/** Each slice's resolvers; the SDL is found by its file ending. */
export function createSchema(logger: Logger): GraphQLSchema {
  return serviceSchema({
    service: 'notifications',
    sourceDir: import.meta.dirname,
    slices: [
      ...[notification, catalogue, escalation, quietHours, onCall, note, recognition],
      ...[address, delivery, template, push, preference, consent],
      ...[rota, policy, digest],
    ],
    logger,
  });
}
