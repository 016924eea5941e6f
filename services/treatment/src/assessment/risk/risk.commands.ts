import { command } from '@throughline/command';
import { riskLoweringAsked } from '@throughline/events';
import { hasRole } from '@throughline/graphql';
import { isProblem, staleVersion } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { DecideRiskTierInput, SetRiskTierInput } from '../../generated/graphql.ts';
import { addSteps, closeSteps } from '../next-step/next-step.entity.ts';
import { proposeSteps } from '../next-step/next-step.ts';
import { keepChange, lockRisk, writeRisk } from './recompute-risk.ts';
import { RiskEntity } from './risk.entity.ts';
import { decideProposal, setTier } from './risk.ts';

/** A client without a tier gets one with the first setting. The lock decides between a person and a new record. */
export const setRiskTier = (context: Context, input: SetRiskTierInput) =>
  command(
    context,
    { name: 'setRiskTier', input, client: input.clientId, creates: RiskEntity, part: 'CLINICAL' },
    async (care, { tx, now, viewer }) => {
      const { risk, isNew } = await lockRisk(tx, care.clientId, now);
      if (risk.version !== input.expectedVersion) return staleVersion(risk.version);
      const at = { now, timeZone: context.timeZone };
      const decidesAlone = hasRole(viewer, 'SUPERVISOR') && care.caseManagerId !== viewer.id;
      const next = setTier(risk, input, { viewerId: viewer.id, decidesAlone, at });
      if (isProblem(next)) return next;
      const answer = { ...next, version: risk.version + 1 };
      const cause = {
        clientId: care.clientId,
        sourceType: 'RiskStratification',
        sourceId: risk.id,
        care,
      } as const;
      const review = { what: 'RISK_REVIEW', why: 'TIER_LOWERING_ASKED', owner: 'SUPERVISOR' } as const;
      const asked = answer.proposed
        ? proposeSteps(
            [{ ...review, within: { businessDays: 1 } }],
            { ...cause, authorId: null, byClinician: false },
            at,
          )
        : [];
      const { clientId } = care;
      return {
        answer,
        facts: answer.proposed ? [riskLoweringAsked.of(clientId, now, { clientId })] : [],
        also: () => addSteps(tx, asked),
        after: () => writeRisk(tx, answer, { before: isNew ? null : risk.tier, setBy: viewer.id, now }),
      };
    },
  );

export const decideRiskTier = (context: Context, input: DecideRiskTierInput) =>
  command(
    context,
    { name: 'decideRiskTier', input, lock: [RiskEntity, input.id], part: 'CLINICAL' },
    (risk, { tx, now, viewer }) => {
      const at = { now, timeZone: context.timeZone };
      const decision = decideProposal(risk, input.approve, viewer.id, at);
      if (isProblem(decision)) return decision;
      const { id, clientId } = risk;
      const source = { type: 'RiskStratification', id } as const;
      return {
        ...decision,
        also: async () => {
          await closeSteps(tx, { clientId, source, status: 'DONE', by: viewer.id, now });
          if (!decision.update) return;
          await keepChange(tx, decision.update, { before: risk.tier, setBy: viewer.id, now });
        },
      };
    },
  );
