import {
  forbidden,
  hasRole,
  invalidInput,
  isUuid,
  notFound,
  staleVersion,
  type Forbidden,
  type IdempotencyConflict,
  type InvalidInput,
  type NotFound,
  type StaleVersion,
} from '@throughline/graphql';
import { once } from '@throughline/messaging';
import { IANAZone } from 'luxon';
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { DescribeAgencyInput } from '../../generated/graphql.ts';
import type { Agency } from './agency.ts';
import { scheduleAgreementCheck } from './agreement-check.ts';
import { AgencyEntity } from './agency.entity.ts';

type Described = Agency | NotFound | Forbidden | InvalidInput | StaleVersion | IdempotencyConflict;

/** Records what the program knows of an agency. PROGRAM_ADMIN only: it decides what may be disclosed there. */
export async function describeAgency(context: Context, input: DescribeAgencyInput): Promise<Described> {
  const { viewer, db, now } = context;
  if (!hasRole(viewer, 'PROGRAM_ADMIN')) return forbidden('Only a program administrator describes agencies.');

  if (!isUuid(input.id)) return notFound('agency');
  const fault = faultOf(input);
  if (fault) return fault;
  const attempt = { viewerId: viewer.id, command: 'describeAgency', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Described>(
      tx,
      attempt,
      () => describe(tx, input, now()),
      (id) => tx.findOneByOrFail(AgencyEntity, { id }),
    ),
  );
}

async function describe(tx: EntityManager, input: DescribeAgencyInput, now: Date): Promise<Described> {
  const agency = await tx.findOne(AgencyEntity, {
    where: { id: input.id },
    lock: { mode: 'pessimistic_write' },
  });
  if (!agency) return notFound('agency');
  if (agency.version !== input.expectedVersion) return staleVersion(agency.version);

  const described: Agency = {
    ...agency,
    agencyType: input.agencyType ?? agency.agencyType,
    hipaaStatus: input.hipaaStatus ?? agency.hipaaStatus,
    isPart2Program: input.isPart2Program ?? agency.isPart2Program,
    isVictimServiceProvider: input.isVictimServiceProvider ?? agency.isVictimServiceProvider,
    needsIdentityToDecide: input.needsIdentityToDecide ?? agency.needsIdentityToDecide,
    agreements:
      input.agreements?.map(({ type, from, to }) => ({ type, from, to: to ?? null })) ?? agency.agreements,
    timeZone: input.timeZone ?? agency.timeZone,
    status: input.status ?? agency.status,
    version: agency.version + 1,
  };
  await tx.update(AgencyEntity, { id: agency.id }, described);
  await scheduleAgreementCheck(tx, described, now);
  return described;
}

function faultOf({ timeZone, agreements }: DescribeAgencyInput): InvalidInput | null {
  const issues = [];
  if (timeZone && !IANAZone.isValidZone(timeZone)) {
    issues.push({ path: 'timeZone', code: 'UNKNOWN_ZONE', message: 'Give an IANA time zone.' });
  }
  for (const [index, { from, to }] of (agreements ?? []).entries()) {
    if (to && to < from) {
      const path = `agreements.${index}.to`;
      issues.push({ path, code: 'BEFORE_START', message: 'An agreement cannot end before it begins.' });
    }
  }
  return issues.length > 0 ? invalidInput(issues) : null;
}
