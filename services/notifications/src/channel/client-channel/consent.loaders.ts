import { isUuid } from '@throughline/graphql';
import DataLoader from 'dataloader';
import type { DataSource } from 'typeorm';
import { findLastConsents } from './consent.entity.ts';
import type { ChannelConsent } from './consent.ts';

export function createConsentLoaders({ manager }: DataSource) {
  return {
    consentsByClient: new DataLoader<string, ChannelConsent[]>(async (ids) => {
      const lines = await findLastConsents(manager, ids.filter(isUuid));
      const byClient = Map.groupBy(lines, ({ clientId }) => clientId);
      return ids.map((id) => byClient.get(id.toLowerCase()) ?? []);
    }),
  };
}
