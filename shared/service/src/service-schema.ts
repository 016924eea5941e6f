import { enforceParts } from '@throughline/care';
import { buildSchema } from '@throughline/graphql';
import type { Logger } from '@throughline/runtime';
import type { GraphQLSchema } from 'graphql';
import { backboneResolvers } from './backbone/backbone.resolvers.ts';
import { readServiceSdl } from './sdl.ts';

export interface ServiceSchemaOptions {
  service: string;
  /** Where the service's own SDL is found, by its file ending. */
  sourceDir: string;
  /** Each slice's resolvers. */
  slices: readonly object[];
  logger: Logger;
}

/** The graph of one service: its own slices, and what administrators see of its facts and timers. Roles and parts of the SDL guard it. */
export function serviceSchema({ service, sourceDir, slices, logger }: ServiceSchemaOptions): GraphQLSchema {
  const backbone = backboneResolvers(service, logger);
  return buildSchema(readServiceSdl(service, sourceDir), [...slices, backbone], [enforceParts]);
}
