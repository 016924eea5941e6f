import type { Resolvers } from '../../generated/graphql.ts';
import { entryOf } from './catalogue.ts';
import { texts } from './text.ts';

export const resolvers: Resolvers = {
  Notification: {
    priority: ({ code }) => entryOf(code).priority,
    title: ({ code }) => texts[code].title,
    body: ({ code }) => texts[code].body,
  },
};
