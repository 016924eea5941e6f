import { EntitySchema, type EntityManager } from 'typeorm';
import type { Agency } from './agency.ts';

export const AgencyEntity = new EntitySchema<Agency>({
  name: 'Agency',
  tableName: 'agency',
  columns: {
    id: { type: 'uuid', primary: true },
    name: { type: 'text' },
    alternateName: { type: 'text', name: 'alternate_name', nullable: true },
    description: { type: 'text', nullable: true },
    email: { type: 'text', nullable: true },
    website: { type: 'text', nullable: true },
    additionalLinks: { type: 'text', name: 'additional_links', nullable: true },
    agencyType: { type: 'text', name: 'agency_type', default: 'OTHER' },
    hipaaStatus: { type: 'text', name: 'hipaa_status', default: 'NON_HIPAA' },
    isPart2Program: { type: 'boolean', name: 'is_part2_program', default: false },
    isVictimServiceProvider: { type: 'boolean', name: 'is_victim_service_provider', default: false },
    needsIdentityToDecide: { type: 'boolean', name: 'needs_identity_to_decide', default: false },
    agreements: { type: 'jsonb', default: [] },
    timeZone: { type: 'text', name: 'time_zone', default: 'America/New_York' },
    status: { type: 'text', default: 'ACTIVE' },
    version: { type: 'integer', default: 1 },
  },
});

/**
 * The agency, whose status and agreements stay as they are until this transaction ends. What is sent to an agency is
 * then either seen by the job that ends its referrals, or refused.
 */
export function lockStanding(tx: EntityManager, id: string): Promise<Agency> {
  return tx.findOneOrFail(AgencyEntity, { where: { id }, lock: { mode: 'pessimistic_read' } });
}
