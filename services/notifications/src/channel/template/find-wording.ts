import type { EntityManager } from 'typeorm';
import { defaultWording } from './default-templates.ts';
import type { Wording } from './policy.ts';
import { MessageTemplateEntity } from './template.entity.ts';
import type { TemplatePlace } from './template.ts';

/** The words that count now: those that administrators approved, else those of the house. */
export async function findWording(tx: EntityManager, place: TemplatePlace): Promise<Wording> {
  const { code, language, channel } = place;
  const active = await tx.findOneBy(MessageTemplateEntity, { code, language, channel, state: 'ACTIVE' });
  return active ?? defaultWording(code, language, channel);
}
