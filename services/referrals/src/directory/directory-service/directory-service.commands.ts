import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { ReportCapacityInput } from '../../generated/graphql.ts';
import { capacityFaults, recordCapacity } from './directory-service.ts';
import { ServiceEntity } from './directory-service.entity.ts';

/** Records the capacity of a service, as reported to a member of staff; the figure counts from now on. */
export const reportCapacity = (context: Context, input: ReportCapacityInput) =>
  command(
    context,
    {
      name: 'reportCapacity',
      input,
      lock: [ServiceEntity, input.serviceId],
      check: () => capacityFaults(input),
    },
    (service, { now }) => ({ update: recordCapacity(service, input, now) }),
  );
