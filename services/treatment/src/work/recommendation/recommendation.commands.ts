import { command } from '@throughline/command';
import { notFound, wrongForm, type Problem } from '@throughline/graphql/problems';
import { IsNull, Not, type EntityManager } from 'typeorm';
import { LocAssessmentEntity } from '../../assessment/level-of-care/loc-assessment.entity.ts';
import type { LocAssessment } from '../../assessment/level-of-care/loc-assessment.ts';
import type { Context } from '../../context.ts';
import type { ChooseServiceInput, RecommendServicesInput } from '../../generated/graphql.ts';
import { NeedEntity, needArrives } from '../../planning/need/need.entity.ts';
import { RecommendationEntity } from './recommendation.entity.ts';
import * as recommendations from './recommendation.ts';

const part = 'CLINICAL';

/** The need and the signed assessment, if any, are those of the client. */
export async function recommendServices(
  context: Context,
  input: RecommendServicesInput,
): Promise<recommendations.Recommendation | Problem> {
  const needId = input.needId ?? null;
  if (needId && !wrongForm(context)) await needArrives(context, needId);
  return command(
    context,
    { name: 'recommendServices', input, client: input.clientId, creates: RecommendationEntity, part },
    async ({ clientId }, { tx, now, viewer }) => {
      if (needId && !(await tx.existsBy(NeedEntity, { id: needId, clientId }))) return notFound('Need');
      const id = input.locAssessmentId;
      const assessment = id ? await findSigned(tx, clientId, id) : null;
      if (id && !assessment) return notFound('LocAssessment');
      const subject = { clientId, needId, assessment };
      return recommendations.recommendServices(subject, input, { id: viewer.id, now });
    },
  );
}

function findSigned(tx: EntityManager, clientId: string, id: string): Promise<LocAssessment | null> {
  return tx.findOneBy(LocAssessmentEntity, { id, clientId, signedAt: Not(IsNull()) });
}

export const chooseService = (context: Context, input: ChooseServiceInput) =>
  command(
    context,
    { name: 'chooseService', input, lock: [RecommendationEntity, input.id], part },
    (recommendation, { now, viewer }) =>
      recommendations.chooseService(recommendation, input, { id: viewer.id, now }),
  );
