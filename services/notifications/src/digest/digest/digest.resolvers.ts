import type { Resolvers } from '../../generated/graphql.ts';
import { DigestEntity } from './digest.entity.ts';

export const resolvers: Resolvers = {
  Query: {
    myDigest: (_root, { day }, { viewer, db }) =>
      viewer.graph === 'STAFF'
        ? db.manager.findOne(DigestEntity, {
            where: { staffId: viewer.id, ...(day && { day }) },
            order: { day: 'DESC' },
          })
        : null,
  },
};
