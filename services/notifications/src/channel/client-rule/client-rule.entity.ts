import { EntitySchema } from 'typeorm';
import type { ClientRule } from './client-rule.ts';

export const ClientRuleEntity = new EntitySchema<ClientRule>({
  name: 'ClientRule',
  tableName: 'client_rule',
  columns: {
    clientId: { type: 'uuid', name: 'client_id', primary: true },
    contactProhibited: { type: 'boolean', name: 'contact_prohibited' },
    allowedMethods: { type: 'text', array: true, name: 'allowed_methods' },
    mayBeLeft: { type: 'boolean', name: 'may_be_left' },
    mayMentionProgram: { type: 'boolean', name: 'may_mention_program' },
    deceased: { type: 'boolean' },
  },
});
