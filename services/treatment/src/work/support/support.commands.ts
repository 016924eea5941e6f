import { command } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { CheckSupportInput } from '../../generated/graphql.ts';
import { SupportEntryEntity } from './support.entity.ts';
import * as supports from './support.ts';

export const checkSupport = (context: Context, input: CheckSupportInput) =>
  command(
    context,
    {
      ...{ name: 'checkSupport', input, client: input.clientId, creates: SupportEntryEntity },
      part: 'CLINICAL',
      check: (now) => supports.supportFaults(input, { now, timeZone: context.timeZone }),
    },
    ({ clientId }, { now, viewer }) => supports.checkSupport(clientId, input, { id: viewer.id, now }),
  );
