import { command } from '@throughline/command';
import { staleVersion } from '@throughline/graphql/problems';
import type { Context } from '../../context.ts';
import type { ChangeEscalationPolicyInput } from '../../generated/graphql.ts';
import { EscalationPolicyEntity } from './policy.entity.ts';
import { changePolicy, policyFaults, policyIdOf } from './policy.ts';

export const changeEscalationPolicy = (context: Context, input: ChangeEscalationPolicyInput) =>
  command(
    context,
    {
      ...{ name: 'changeEscalationPolicy', input, clientOf: () => null, may: () => true },
      ...{
        lock: [EscalationPolicyEntity, policyIdOf(input.code)],
        creates: EscalationPolicyEntity,
        orNew: true as const,
      },
      check: () => policyFaults(input.code, input.steps),
      taken: () => staleVersion(1),
    },
    (before, { now, viewer }) => changePolicy(before, input, { id: viewer.id, now }),
  );
