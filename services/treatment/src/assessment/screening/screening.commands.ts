import { command } from '@throughline/command';
import { invalidTransition, notFound } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { RecordScreeningInput } from '../../generated/graphql.ts';
import { ClientAgeEntity } from '../age/client-age.entity.ts';
import { ScreeningEntity } from './screening.entity.ts';
import { recordScreening as decide } from './screening.ts';

/** A unique index decides between two corrections of the same screening at the same moment. */
export const recordScreening = (context: Context, input: RecordScreeningInput) =>
  command(
    context,
    {
      ...{
        name: 'recordScreening',
        input,
        client: input.clientId,
        creates: ScreeningEntity,
        part: 'CLINICAL',
      },
      taken: () => invalidTransition('SUPERSEDED', 'recordScreening', []),
    },
    async (care, { tx, now, viewer }) => {
      const { supersedes: id, instrument } = input;
      const corrected = id
        ? await tx.findOneBy(ScreeningEntity, { id, clientId: care.clientId, instrument })
        : null;
      if (id && !corrected) return notFound('Screening');
      const ages = await tx.findBy(ClientAgeEntity, { clientId: care.clientId });
      const by = { care, authorId: viewer.id };
      return decide(input, { corrected, ages }, by, { now, timeZone: context.timeZone });
    },
  );
