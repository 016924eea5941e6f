import { command } from '@throughline/command';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  ApproveMessageTemplateInput,
  ProposeMessageTemplateInput,
  RetireMessageTemplateInput,
} from '../../generated/graphql.ts';
import { audienceOf } from './default-templates.ts';
import { policyFaults } from './policy.ts';
import { MessageTemplateEntity } from './template.entity.ts';
import { approveTemplate, proposeTemplate, retireTemplate, type TemplatePlace } from './template.ts';

/** A template that breaks the content policy, or misses a variable, is not saved at all. */
export const proposeMessageTemplate = (context: Context, input: ProposeMessageTemplateInput) => {
  const { code, language, channel, subject = null, body } = input;
  const place = { code, language, channel };
  return command(
    context,
    {
      ...{ name: 'proposeMessageTemplate', input, creates: MessageTemplateEntity },
      check: () => policyFaults(channel, audienceOf(code), { subject, body }),
    },
    async (_none, { tx, now, viewer }) => {
      await lockPlace(tx, place);
      const last = await tx.maximum(MessageTemplateEntity, 'edition', place);
      return proposeTemplate(place, { subject, body }, (last ?? 0) + 1, { id: viewer.id, now });
    },
  );
};

/** The edition that was active until now is retired in the same transaction. */
export const approveMessageTemplate = (context: Context, input: ApproveMessageTemplateInput) =>
  command(
    context,
    { name: 'approveMessageTemplate', input, lock: [MessageTemplateEntity, input.id], clientOf: () => null },
    async (template, { tx, now, viewer }) => {
      const decision = approveTemplate(template, { id: viewer.id, now });
      if ('kind' in decision) return decision;
      const { code, language, channel } = template;
      const place = { code, language, channel };
      await lockPlace(tx, place);
      await tx.update(
        MessageTemplateEntity,
        { ...place, state: 'ACTIVE' },
        { state: 'RETIRED', version: () => 'version + 1' },
      );
      return decision;
    },
  );

export const retireMessageTemplate = (context: Context, input: RetireMessageTemplateInput) =>
  command(
    context,
    { name: 'retireMessageTemplate', input, lock: [MessageTemplateEntity, input.id], clientOf: () => null },
    (template) => retireTemplate(template),
  );

/** Two who change the words of one place at once do it one after the other. */
function lockPlace(tx: EntityManager, { code, language, channel }: TemplatePlace): Promise<unknown> {
  return tx.query('select pg_advisory_xact_lock(hashtextextended($1, 32))', [
    `${code} ${language} ${channel}`,
  ]);
}
