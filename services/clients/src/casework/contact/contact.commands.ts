import { command, ownerFirst } from '@throughline/command';
import { hasRole } from '@throughline/graphql';
import { isProblem } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { CorrectContactInput, LogContactInput, PlanNextContactInput } from '../../generated/graphql.ts';
import { CaseFileEntity } from '../case-file/case-file.entity.ts';
import { ContactEntryEntity, ContactRevisionEntity, recentContacts } from './contact.entity.ts';
import { correctContact as correct, logContact as log, planNextContact as plan } from './contact.ts';

/**
 * Locks the case, so that attempts are counted one by one. The version of the case stays: who assigns the case at the
 * same moment need not read it again.
 */
export const logContact = (context: Context, input: LogContactInput) =>
  command(
    context,
    {
      ...{ name: 'logContact', input, creates: ContactEntryEntity, part: 'CASE' as const },
      lock: [CaseFileEntity, input.caseId] as const,
    },
    async (caseFile, { tx, now, viewer }) => {
      const acting = { by: viewer.id, contacts: await recentContacts(tx, caseFile.id) };
      const logged = log(caseFile, input, acting, { now, timeZone: context.timeZone });
      if (isProblem(logged)) return logged;
      const { standing, ...change } = logged;
      return { ...change, also: () => tx.update(CaseFileEntity, { id: caseFile.id }, standing) };
    },
  );

/** The case is locked first, as by `logContact`. */
export const correctContact = (context: Context, input: CorrectContactInput) =>
  command(
    context,
    {
      ...{ name: 'correctContact', input, part: 'CASE' as const },
      lock: [ContactEntryEntity, input.id, ownerFirst(ContactEntryEntity, 'caseId', CaseFileEntity)] as const,
    },
    async ({ row: contact, owner: caseFile }, { tx, now, viewer }) => {
      const acting = { by: viewer.id, isSupervisor: hasRole(viewer, 'SUPERVISOR') };
      const contacts = await recentContacts(tx, caseFile.id);
      const at = { now, timeZone: context.timeZone };
      const corrected = correct({ contact, caseFile }, input, { ...acting, contacts }, at);
      if (isProblem(corrected)) return corrected;
      const { standing, revision, ...change } = corrected;
      const also = async () => {
        await tx.insert(ContactRevisionEntity, revision);
        await tx.update(CaseFileEntity, { id: caseFile.id }, standing);
      };
      return { ...change, also };
    },
  );

/** Agrees on the next contact with the person. */
export const planNextContact = (context: Context, input: PlanNextContactInput) =>
  command(
    context,
    { name: 'planNextContact', input, lock: [CaseFileEntity, input.caseId], part: 'CASE' },
    (caseFile, { now, viewer }) => plan(caseFile, input, viewer.id, { now, timeZone: context.timeZone }),
  );
