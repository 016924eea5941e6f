import { command, ownerFirst } from '@throughline/command';
import type { Context } from '../../context.ts';
import type { RecordNeedInput, UpdateNeedStatusInput } from '../../generated/graphql.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { NeedEntity } from './need.entity.ts';
import { addNeed, changeNeedStatus } from './need.ts';

/** Locks the case, so that two needs cannot take the same rank. */
export const recordNeed = (context: Context, input: RecordNeedInput) =>
  command(
    context,
    { name: 'recordNeed', input, lock: [CaseFileEntity, input.caseId], creates: NeedEntity, part: 'SOCIAL' },
    async (caseFile, { tx, now }) =>
      addNeed(caseFile, input, await tx.findBy(NeedEntity, { caseId: caseFile.id }), now),
  );

const inCase = ownerFirst(NeedEntity, 'caseId', CaseFileEntity);

/** A need that is opened again must not meet an equal one that is recorded at the same moment. */
export const updateNeedStatus = (context: Context, input: UpdateNeedStatusInput) =>
  command(
    context,
    { name: 'updateNeedStatus', input, lock: [NeedEntity, input.id, inCase], part: 'SOCIAL' },
    async ({ row }, { tx, now }) =>
      changeNeedStatus(row, input.status, await tx.findBy(NeedEntity, { caseId: row.caseId }), now),
  );
