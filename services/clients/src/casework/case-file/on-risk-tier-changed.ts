import { lockRow, writeChange } from '@throughline/command';
import { riskTierChanged } from '@throughline/events';
import { on, type Reaction } from '@throughline/messaging';
import { nextContactAfter } from './cadence.ts';
import { nextContactFacts } from './next-contact.ts';
import { CaseFileEntity } from './case-file.entity.ts';
import { isOpen, type CaseFile, type RiskTier } from './case-file.ts';

/**
 * The tier sets the rhythm of contacts and the weight of the case (a trigger counts the caseload again). A higher tier
 * pulls the next contact forward; a lower one waits for the next contact. Source: infra/reference/domain.md 1.4, 4.6.
 */
export function onRiskTierChanged(timeZone: string): Reaction {
  return on(riskTierChanged, async (tx, { clientId, tier }, received) => {
    const latest = await tx.findOne(CaseFileEntity, { where: { clientId }, order: { openedAt: 'DESC' } });
    const caseFile = latest && (await lockRow(tx, CaseFileEntity, latest.id));
    if (!caseFile || !isOpen(caseFile)) return;
    const update = withTier(caseFile, tier as RiskTier, { now: received.occurredAt, timeZone });
    const cause = { ...received.cause, causationId: received.id };
    const facts = nextContactFacts(caseFile, update, received.occurredAt);
    await writeChange(tx, cause, [CaseFileEntity, caseFile], { update, facts });
  });
}

export function withTier(
  caseFile: CaseFile,
  riskTier: RiskTier,
  at: Parameters<typeof nextContactAfter>[1],
): CaseFile {
  const { nextContactDueAt: planned } = caseFile;
  const byTier = nextContactAfter({ ...caseFile, riskTier }, at);
  const isSooner = byTier !== null && (planned === null || byTier < planned);
  return { ...caseFile, riskTier, nextContactDueAt: isSooner ? byTier : planned };
}
