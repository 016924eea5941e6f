import { command } from '@throughline/command';
import { openCursor } from '@throughline/graphql';
import { invalidInput } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { RecordLookInput } from '../../generated/graphql.ts';
import { keepLook, LookEntity } from './look.entity.ts';
import { newLook, readPosition } from './look.ts';

/** Cursors of one client's news are good for no other client. */
export const newsOf = (clientId: string): string => `news of ${clientId.toLowerCase()}`;

export const recordLook = (context: Context, input: RecordLookInput) =>
  command(
    context,
    {
      ...{ name: 'recordLook', input, client: input.clientId, creates: LookEntity, part: 'TIMELINE' },
      again: (tx, id) => tx.findOneByOrFail(LookEntity, { id }),
    },
    async ({ clientId }, { tx, now, viewer }) => {
      const position = readPosition(openCursor(newsOf(clientId), input.position));
      if (!position) {
        const message = 'It is no position that sinceYouLastLooked answered for this client.';
        return invalidInput([{ path: 'position', code: 'UNKNOWN', message }]);
      }
      return { answer: await keepLook(tx, newLook(viewer.id, clientId, position, now)) };
    },
  );
