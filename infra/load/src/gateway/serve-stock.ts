import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** @apollo/gateway as its documentation shows it: no sign-in, no limits, no log. */
const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(String(process.env.SUPERGRAPH), 'utf8'),
  buildService: ({ url }) => new RemoteGraphQLDataSource({ url: url ?? '' }),
});
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), { listen: { port: 0 } });
process.send?.({ url });
