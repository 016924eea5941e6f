import { createRequire } from 'node:module';
import gatewayShaping from '@apollo/gateway/dist/resultShaping.js';
import internals from '@apollo/federation-internals/dist/operations.js';
import type { Operation, Schema } from '@apollo/federation-internals';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import { canMakeCode } from './object-maker.ts';
import { OperationShape, type Variables } from './operation-shape.ts';

/** Versions for whose internals this was written; with another version it stays off. */
export const knownVersion = '2.14.4';
const packages = ['@apollo/gateway', '@apollo/federation-internals', '@apollo/query-planner'];

interface Hooks {
  computeResponse: (about: ResponseToShape) => { data: unknown; errors: unknown[] };
  operationFromDocument: (
    schema: Schema,
    document: DocumentNode,
    options?: { validate?: boolean },
  ) => Operation;
}

interface ResponseToShape {
  operation: Operation;
  variables: Variables | undefined;
  input: unknown;
}

/** Compiled code shapes the answers of admitted operations; the library shapes all others. */
export interface Shaping {
  admit(operation: OperationDefinitionNode | undefined): void;
}

let installed: Shaping | null = null;

/**
 * Replaces the response shaping of the gateway by compiled code, once per process. Null, with the reason, when
 * another version is installed or the process may not compile code.
 */
export function installShaping(): { shaping: Shaping | null; reason: string } {
  if (installed) return { shaping: installed, reason: `${packages.join(', ')} are ${knownVersion}` };
  const misfit = packages.find((name) => versionOf(name) !== knownVersion);
  if (misfit) return { shaping: null, reason: `${misfit} is not ${knownVersion}` };
  const [response, operations] = [gatewayShaping, internals] as unknown as [Hooks, Hooks];
  if (
    typeof response.computeResponse !== 'function' ||
    typeof operations.operationFromDocument !== 'function'
  )
    return { shaping: null, reason: 'the library has no such functions' };
  if (!canMakeCode()) return { shaping: null, reason: 'this process may not make code of texts' };

  installed = hook(response, operations);
  return { shaping: installed, reason: `${packages.join(', ')} are ${knownVersion}` };
}

function hook(response: Hooks, operations: Hooks): Shaping {
  const admitted = new WeakSet<object>();
  const known = new WeakMap<object, Operation>();
  const shapes = new WeakMap<Operation, OperationShape>();
  const { computeResponse } = response;
  const { operationFromDocument } = operations;

  // The gateway builds this object again for each request, from a document that has been validated before.
  operations.operationFromDocument = (schema, document, options) => {
    const [definition] = document.definitions;
    if (options?.validate !== false || !definition || !admitted.has(definition))
      return operationFromDocument(schema, document, options);
    const found = known.get(definition);
    if (found?.schema() === schema) return found;
    const operation = operationFromDocument(schema, document, options);
    known.set(definition, operation);
    shapes.set(operation, new OperationShape(operation));
    return operation;
  };
  response.computeResponse = (about) => {
    const data = about.input ? shapes.get(about.operation)?.shape(about.input, about.variables) : undefined;
    return data ? { data, errors: [] } : computeResponse(about);
  };
  return {
    admit: (operation) => {
      if (operation) admitted.add(operation);
    },
  };
}

function versionOf(name: string): string | null {
  const { version } = createRequire(import.meta.url)(`${name}/package.json`) as { version?: string };
  return version ?? null;
}
