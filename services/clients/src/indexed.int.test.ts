import { silentLogger } from '@throughline/runtime';
import { describeIndexedQueries } from '@throughline/service/testing';
import { clientsConfig } from './config.ts';
import { migrate } from './database.ts';
import { createSchema } from './schema.ts';
import { startClients } from './service.ts';

/** Each way of searching for a client. */
const searches = [
  ...[
    'Ferro',
    'Rosalind Ferro',
    'Ferro, Rsoalind',
    'alind',
    'Rosalind Ferro 1988',
    '1988-04-12',
    '1988',
    '000007',
  ],
  ...['(305) 555-0123', '555-0123', 'TL-2026-000007', 'ros@mail.example', 'AB 12-345', 'Ferro 305-555-0123'],
].map(
  (text) =>
    `{ clients(search: "${text}") { edges { matchedOn node { id } } others { edges { node { birthYear } } } } }`,
);

describeIndexedQueries({
  also: searches,
  ...{ name: 'clients', config: clientsConfig, start: startClients, migrate },
  schema: createSchema(silentLogger),
});
