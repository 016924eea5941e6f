/** A result that the caller can act on: a member of the union of the mutation. `kind` is its GraphQL type. */
export interface Problem {
  kind: string;
  message: string;
}

export interface NotFound extends Problem {
  kind: 'NotFound';
}
export interface Forbidden extends Problem {
  kind: 'Forbidden';
}
export interface InputIssue {
  path: string;
  code: string;
  message: string;
}
/** One fault of the input; `path` is the place as the caller wrote it. */
export function issueAt(path: string, code: string, message: string): InputIssue {
  return { path, code, message };
}

export interface InvalidInput extends Problem {
  kind: 'InvalidInput';
  issues: InputIssue[];
}
export interface InvalidTransition extends Problem {
  kind: 'InvalidTransition';
  from: string;
  command: string;
  allowed: string[];
}
export interface StaleVersion extends Problem {
  kind: 'StaleVersion';
  currentVersion: number;
}
export interface IdempotencyConflict extends Problem {
  kind: 'IdempotencyConflict';
}

/** `what` is the name of the type. The id is not repeated, because it may be secret. */
export function notFound(what: string): NotFound {
  return { kind: 'NotFound', message: `There is no such ${what}, or you have no access to it.` };
}

export function forbidden(message: string): Forbidden {
  return { kind: 'Forbidden', message };
}

export function invalidInput(issues: InputIssue[]): InvalidInput {
  return {
    kind: 'InvalidInput',
    message: `The input has ${issues.length} fault(s); nothing was changed.`,
    issues,
  };
}

/** For a mutation that looks for a row before its command: the refusal of an input with a wrong form, else null. */
export function wrongForm({
  inputFaults = [],
}: {
  inputFaults?: readonly InputIssue[];
}): InvalidInput | null {
  return inputFaults.length > 0 ? invalidInput([...inputFaults]) : null;
}

export function invalidTransition(from: string, command: string, allowed: string[]): InvalidTransition {
  const advice = allowed.length > 0 ? `Allowed now: ${allowed.join(', ')}.` : 'Nothing is allowed any more.';
  return {
    kind: 'InvalidTransition',
    message: `${command} is not allowed from ${from}. ${advice}`,
    from,
    command,
    allowed,
  };
}

export function staleVersion(currentVersion: number): StaleVersion {
  return {
    kind: 'StaleVersion',
    message: 'It was changed since you read it: read it again, then repeat.',
    currentVersion,
  };
}

/** Only problems have both a capitalised `kind` and a `message`. */
export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'kind' in value &&
    'message' in value &&
    typeof value.kind === 'string' &&
    /^[A-Z][a-z]/.test(value.kind)
  );
}
