import { loaderByOwner } from '@throughline/graphql';
import DataLoader from 'dataloader';
import { EntitySchema, In, IsNull, type EntityManager } from 'typeorm';

export type HouseholdRole = 'HEAD' | 'PARTNER' | 'CHILD' | 'PARENT' | 'SIBLING' | 'RELATIVE' | 'OTHER';

/** A client lives, or lived, in a household. */
export interface HouseholdMember {
  id: string;
  householdId: string;
  clientId: string;
  role: HouseholdRole;
  joinedAt: Date;
  leftAt: Date | null;
  version: number;
}

export const HouseholdMemberEntity = new EntitySchema<HouseholdMember>({
  name: 'HouseholdMember',
  tableName: 'household_member',
  columns: {
    id: { type: 'uuid', primary: true },
    householdId: { type: 'uuid', name: 'household_id' },
    clientId: { type: 'uuid', name: 'client_id' },
    role: { type: 'text' },
    joinedAt: { type: 'timestamptz', name: 'joined_at' },
    leftAt: { type: 'timestamptz', name: 'left_at', nullable: true },
    version: { type: 'integer' },
  },
});

export function householdLoaders(db: EntityManager) {
  return {
    membershipsByClient: loaderByOwner(db, HouseholdMemberEntity, 'clientId', {
      joinedAt: 'DESC',
      id: 'ASC',
    }),
    /** Those who live in a household now. */
    membersByHousehold: new DataLoader(async (ids: readonly string[]) => {
      const where = { householdId: In([...ids]), leftAt: IsNull() };
      const rows = await db.find(HouseholdMemberEntity, { where, order: { joinedAt: 'ASC', id: 'ASC' } });
      const byHousehold = Map.groupBy(rows, ({ householdId }) => householdId);
      return ids.map((id) => byHousehold.get(id) ?? []);
    }),
  };
}
