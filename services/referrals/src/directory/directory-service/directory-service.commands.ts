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
import type { EntityManager } from 'typeorm';
import type { Context } from '../../context.ts';
import type { ReportCapacityInput } from '../../generated/graphql.ts';
import type { Service } from './directory-service.ts';
import { ServiceEntity } from './directory-service.entity.ts';

type Reported = Service | NotFound | Forbidden | InvalidInput | StaleVersion | IdempotencyConflict;

/** Records how much room a service has, as told to a member of staff; it counts from now on. */
export async function reportCapacity(context: Context, input: ReportCapacityInput): Promise<Reported> {
  const { viewer, db } = context;
  if (viewer.graph !== 'STAFF' || !hasRole(viewer, 'PROGRAM_ADMIN', 'CASE_MANAGER', 'SUPERVISOR')) {
    return forbidden('Only program administrators, supervisors and case managers record capacity.');
  }
  if (!isUuid(input.serviceId)) return notFound('service');
  const fault = faultOf(input);
  if (fault) return fault;
  const attempt = { viewerId: viewer.id, command: 'reportCapacity', key: input.idempotencyKey, input };
  return db.transaction((tx) =>
    once<Reported>(
      tx,
      attempt,
      () => report(tx, input, context.now()),
      (id) => tx.findOneByOrFail(ServiceEntity, { id }),
    ),
  );
}

async function report(tx: EntityManager, input: ReportCapacityInput, now: Date): Promise<Reported> {
  const service = await tx.findOne(ServiceEntity, {
    where: { id: input.serviceId },
    lock: { mode: 'pessimistic_write' },
  });
  if (!service) return notFound('service');
  if (service.version !== input.expectedVersion) return staleVersion(service.version);

  const reported: Service = {
    ...service,
    capacityCode: input.code === 'UNKNOWN' ? null : input.code,
    capacityAvailable: input.available ?? null,
    capacityMaximum: input.maximum ?? service.capacityMaximum,
    capacityUnit: input.unit ?? service.capacityUnit,
    capacityUpdatedAt: now,
    expectedWaitDays: input.expectedWaitDays ?? null,
    version: service.version + 1,
  };
  await tx.update(ServiceEntity, { id: service.id }, reported);
  return reported;
}

function faultOf(input: ReportCapacityInput): InvalidInput | null {
  const { code, available, maximum, expectedWaitDays, unit } = input;
  const issues = Object.entries({ available, maximum, expectedWaitDays })
    .filter(([, value]) => value !== null && value !== undefined && value < 0)
    .map(([path]) => ({ path, code: 'NEGATIVE', message: 'It cannot be less than none.' }));
  if (code === 'UNKNOWN') {
    issues.push({
      path: 'code',
      code: 'NOT_REPORTABLE',
      message: 'UNKNOWN is what we say when nobody told.',
    });
  }
  if (unit && unit.length > 40) {
    issues.push({ path: 'unit', code: 'TOO_LONG', message: 'At most 40 characters.' });
  }
  return issues.length > 0 ? invalidInput(issues) : null;
}
