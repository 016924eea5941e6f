import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { RecordVisitInput } from '../../generated/graphql.ts';
import { VisitEntity } from './visit.entity.ts';
import * as visits from './visit.ts';

export const recordVisit = (context: Context, input: RecordVisitInput) =>
  command(
    context,
    { name: 'recordVisit', input, client: input.clientId, creates: VisitEntity, part: 'CLINICAL' },
    ({ clientId }, { tx, now, viewer }) => {
      const recorded = visits.recordVisit(clientId, input, { by: viewer.id, now });
      const { consequences, timeZone } = context;
      return 'kind' in recorded
        ? recorded
        : { ...recorded, after: () => consequences.followUp(tx, clientId, { now, timeZone }) };
    },
  );
