/** The services that make the graph. `routing` stands in the composed files; the real address is configuration. */
export const subgraphs = [
  { name: 'clients', routing: 'http://clients.internal/graphql', urlSetting: 'CLIENTS_URL' },
  { name: 'treatment', routing: 'http://treatment.internal/graphql', urlSetting: 'TREATMENT_URL' },
  { name: 'referrals', routing: 'http://referrals.internal/graphql', urlSetting: 'REFERRALS_URL' },
  {
    name: 'notifications',
    routing: 'http://notifications.internal/graphql',
    urlSetting: 'NOTIFICATIONS_URL',
  },
] as const;

export type SubgraphName = (typeof subgraphs)[number]['name'];
