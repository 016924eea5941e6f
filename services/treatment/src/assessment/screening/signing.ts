import type { Decision } from '@throughline/command/decision';
import { screeningSigned } from '@throughline/events';
import { invalidTransition, type Problem } from '@throughline/graphql/problems';
import { followUpsOf, type Result } from '../next-step/follow-up.ts';

/** A safety check of the client: the tool, its day, and whether it answers the question. */
export interface SafetyScreen {
  instrument: string;
  administeredOn: string;
  /** Everything that had to be asked was answered, or an answer was urgent enough by itself. */
  isDone: boolean;
}

export interface SafetyScreenRequired extends Problem {
  kind: 'SafetyScreenRequired';
  instrument: string;
}

/**
 * The tool that must be done on the same day or later before this screening can be signed; null when nothing is
 * missing. Source: infra/reference/domain.md 4.3.
 */
export function waitsFor(
  screening: Result & { administeredOn: string },
  safetyScreens: readonly SafetyScreen[],
): string | null {
  const needed = followUpsOf(screening).flatMap(({ blocksSigningUntil }) => blocksSigningUntil ?? []);
  const done = (instrument: string) =>
    safetyScreens.some(
      (check) =>
        check.instrument === instrument && check.isDone && check.administeredOn >= screening.administeredOn,
    );
  return needed.find((instrument) => !done(instrument)) ?? null;
}

/** A screening, as far as its signature goes. */
export interface Signable {
  id: string;
  clientId: string;
  signedAt: Date | null;
  overrideReason: string | null;
}

/** How a screening that waited is signed. */
export interface Signing {
  /** The safety check that is missing. */
  missing: string | null;
  /** Whether another screening corrects this one. */
  isCorrected: boolean;
  overrideReason: string | null;
  /** Whether the viewer is a clinician, who may sign without the check. */
  mayOverride: boolean;
  now: Date;
}

/**
 * Signs a screening that waited for a safety check. Only a clinician signs without the check, with a reason. Answers
 * SafetyScreenRequired, or InvalidTransition when it is signed or corrected. Source: infra/reference/domain.md 4.3.
 */
export function sign<Row extends Signable>(screening: Row, signing: Signing): Decision<never, Row> {
  const { missing, isCorrected, mayOverride, now } = signing;
  if (screening.signedAt) return invalidTransition('SIGNED', 'signScreening', []);
  if (isCorrected) return invalidTransition('SUPERSEDED', 'signScreening', []);
  const overrideReason = missing && mayOverride ? signing.overrideReason : null;
  if (missing && !overrideReason) return required(missing);
  const { id: screeningId, clientId } = screening;
  return {
    update: { ...screening, signedAt: now, overrideReason },
    facts: [screeningSigned.of(clientId, now, { screeningId, clientId })],
  };
}

function required(instrument: string): SafetyScreenRequired {
  return {
    kind: 'SafetyScreenRequired',
    message: `Do the ${instrument} with the client first; a clinician can sign without it and says why.`,
    instrument,
  };
}
