import { command } from '@throughline/command';
import { invalidTransition, isProblem, notFound } from '@throughline/graphql/problems';
import { today } from '@throughline/privacy';
import { IsNull } from 'typeorm';
import type { Context } from '../../context.ts';
import type {
  RecordLocAssessmentInput,
  SignLocAssessmentInput,
  UpdateLocAssessmentInput,
} from '../../generated/graphql.ts';
import { closeSteps } from '../next-step/next-step.entity.ts';
import { findLicence } from '../scope/held-credential.entity.ts';
import { LocAssessmentEntity } from './loc-assessment.entity.ts';
import * as assessments from './loc-assessment.ts';

const part = 'CLINICAL';

/** Partial unique indexes decide between two at the same moment: a client has one draft, and a signed one one correction. */
export const recordLocAssessment = (context: Context, input: RecordLocAssessmentInput) =>
  command(
    context,
    {
      ...{ name: 'recordLocAssessment', input, client: input.clientId, creates: LocAssessmentEntity, part },
      check: (now) =>
        assessments.contentFaults(input.content, { now, timeZone: context.timeZone }).map(within),
      taken: async (tx) => {
        const draft = await tx.existsBy(LocAssessmentEntity, {
          clientId: input.clientId,
          signedAt: IsNull(),
        });
        return invalidTransition(draft ? 'DRAFT' : 'SUPERSEDED', 'recordLocAssessment', []);
      },
    },
    async ({ clientId }, { tx, now, viewer }) => {
      const { supersedes: id } = input;
      const corrected = id ? await tx.findOneBy(LocAssessmentEntity, { id, clientId }) : null;
      if (id && !corrected) return notFound('LocAssessment');
      const by = { id: viewer.id, at: { now, timeZone: context.timeZone } };
      return assessments.draftAssessment(clientId, input.content, { corrected, by });
    },
  );

export const updateLocAssessment = (context: Context, input: UpdateLocAssessmentInput) =>
  command(
    context,
    {
      ...{ name: 'updateLocAssessment', input, lock: [LocAssessmentEntity, input.id], part },
      check: (now) =>
        assessments.contentFaults(input.content, { now, timeZone: context.timeZone }).map(within),
    },
    (assessment, { now }) =>
      assessments.updateAssessment(assessment, input.content, { now, timeZone: context.timeZone }),
  );

/** A signed assessment completes the steps that ask for one. */
export const signLocAssessment = (context: Context, input: SignLocAssessmentInput) =>
  command(
    context,
    { name: 'signLocAssessment', input, lock: [LocAssessmentEntity, input.id], part },
    async (assessment, { tx, now, viewer }) => {
      const day = today({ now, timeZone: context.timeZone });
      const licence = await findLicence(tx, 'SIGN_LEVEL_OF_CARE', { staffId: viewer.id, day });
      const signed = assessments.signAssessment(assessment, { id: viewer.id, licence }, now);
      if (isProblem(signed)) return signed;
      const { clientId, assessedOn: answeredOn } = assessment;
      const done = { clientId, what: ['ASAM_ASSESSMENT'], answeredOn, by: viewer.id, now } as const;
      return { ...signed, also: () => closeSteps(tx, { ...done, status: 'DONE' }) };
    },
  );

/** A fault at the place where the caller wrote it. */
const within = <Issue extends { path: string }>(issue: Issue): Issue => ({
  ...issue,
  path: `content.${issue.path}`,
});
