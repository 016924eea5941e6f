import { relationsThatRead } from '@throughline/care';
import { connection, readPage } from '@throughline/graphql';
import type { DataLabel } from '@throughline/privacy';
import type { Context } from '../../context.ts';
import type { Resolvers } from '../../generated/graphql.ts';
import { hiddenOf } from './hidden.ts';
import { clinicalKinds } from './subjects.ts';
import type { TimelineEntry } from './timeline.ts';

/**
 * This service reads its own entities; the gateway asks the owners of the others. Each owner checks its own
 * permission.
 */
async function subjectOf(
  { subjectType, subjectId }: TimelineEntry,
  context: Context,
): Promise<object | null> {
  const { loaders, care } = context;
  const own = {
    Screening: () => loaders.screeningById.load(subjectId),
    NextStep: () => loaders.nextStepById.load(subjectId),
    Diagnosis: () => loaders.diagnosisById.load(subjectId),
    Medication: () => loaders.medicationById.load(subjectId),
    SubstanceUseEntry: () => loaders.substanceUseById.load(subjectId),
    LocAssessment: () => loaders.locAssessmentById.load(subjectId),
    Episode: () => loaders.episodeById.load(subjectId),
    Stay: () => loaders.stayById.load(subjectId),
    AftercarePlan: () => loaders.aftercarePlanById.load(subjectId),
    Visit: () => loaders.visitById.load(subjectId),
    FollowUpObligation: () => loaders.obligationById.load(subjectId),
    AftercareContact: () => loaders.aftercareContactById.load(subjectId),
    LostContactDecision: () => loaders.lostContactById.load(subjectId),
    CareTransition: () => loaders.transitionById.load(subjectId),
    ReturnToUse: () => loaders.returnToUseById.load(subjectId),
    SupportEnd: () => loaders.supportEndById.load(subjectId),
    CarePlan: () => loaders.carePlanById.load(subjectId),
    CrisisAlert: () => loaders.crisisById.load(subjectId),
    Goal: () => loaders.goalById.load(subjectId),
    Advice: () => loaders.adviceById.load(subjectId),
    TreatmentRecommendation: () => loaders.recommendationById.load(subjectId),
    SupportEntry: () => loaders.supportEntryById.load(subjectId),
    GuidanceActivity: () => loaders.guidanceById.load(subjectId),
    ClientDocument: () => loaders.documentById.load(subjectId),
    ProgressNote: () => loaders.noteById.load(subjectId),
    AdvocacyAction: () => loaders.advocacyById.load(subjectId),
  };
  if (!(subjectType in own)) return { __typename: subjectType, id: subjectId };
  const row = await own[subjectType as keyof typeof own]();
  return row && (await care.mayRead(row.clientId, 'CLINICAL')) ? { ...row, __typename: subjectType } : null;
}

export const resolvers: Resolvers = {
  Client: {
    timeline: async ({ id }, { order, kinds = null, filter, ...args }, { loaders, care }) => {
      const page = readPage(args, 'timeline');
      const clientId = id.toLowerCase();
      const hidden = await hiddenOf(care, clientId);
      const { first, after } = page;
      const only = { kinds: filter?.kinds ?? kinds, labels: filter?.labels ?? null };
      const time = { since: filter?.since ?? null, until: filter?.until ?? null };
      const rows = await loaders.timelinePage.load({
        ...{ clientId, order, hidden, after, limit: first + 1, ...only, ...time },
      });
      return connection(rows, page, (row) => [row.occurredAt, row.sequence, row.id]);
    },
  },
  TimelineEntry: {
    actor: (entry) => ({
      kind: entry.actorKind,
      staff: entry.actorKind === 'STAFF' ? { id: entry.actorId } : null,
      agency: entry.actorAgencyId ? { id: entry.actorAgencyId } : null,
    }),
    subject: (entry, _args, context) => subjectOf(entry, context) as never,
    labels: ({ labels }) => labels as DataLabel[],
    visibleBecause: async ({ clientId, kind }, _args, { care, viewer }) =>
      relationsThatRead(viewer, await care.load(clientId), [
        'TIMELINE',
        ...(clinicalKinds.includes(kind) ? (['CLINICAL'] as const) : []),
      ]),
  },
};
