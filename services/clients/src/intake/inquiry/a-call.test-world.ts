import type { Viewer } from '@throughline/graphql';
import type { TestService } from '../../test-service.ts';

export interface SeenInquiry {
  __typename: string;
  message?: string;
  from?: string;
  issues?: { path: string; code: string }[];
  id: string;
  version: number;
  status: string;
  urgency: string;
  disposition: string | null;
  callbackNumber: string | null;
  callbackExtension: string | null;
  transferTo: { number: string }[];
  nextQuestions: { code: string }[];
  allowedCommands: string[];
  callback: { dueAt: string; isDue: boolean; isOverdue: boolean; missedAt: string | null } | null;
}

const ofInquiry = `id version status urgency disposition callbackNumber callbackExtension allowedCommands
  transferTo { number } nextQuestions { code } callback { dueAt isDue isOverdue missedAt }`;
const ofProblem = '... on Problem { message } ... on InvalidInput { issues { path code } }';
/** A contact is opened from no state. */
const fieldsOf = (name: string) =>
  `__typename ... on Inquiry { ${ofInquiry} } ${ofProblem}
   ${name === 'openInquiry' ? '' : '... on InvalidTransition { from }'}`;

/** Commands of the intake desk, as a screen sends them. */
export function deskOf({ ask }: TestService) {
  const act = async (viewer: Viewer, name: string, input: object): Promise<SeenInquiry> => {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { it: ${name}(input: $input) { ${fieldsOf(name)} } }`;
    const { data, errors } = await ask<{ it: SeenInquiry }>(viewer, query, { input });
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return data.it;
  };
  return {
    act,
    open: (viewer: Viewer, input: object = {}) =>
      act(viewer, 'openInquiry', { channel: 'CALL', callerRelation: 'SELF', ...input }),
    read: async (viewer: Viewer, id: string): Promise<SeenInquiry | null> => {
      const query = `query ($id: ID!) { inquiry(id: $id) { ${ofInquiry} } }`;
      const { data } = await ask<{ inquiry: SeenInquiry | null }>(viewer, query, { id });
      return data.inquiry;
    },
    /** The inquiry at its present version, as the input of the next command. */
    at: ({ id, version }: Pick<SeenInquiry, 'id' | 'version'>) => ({ id, expectedVersion: version }),
  };
}

export const codesOf = ({ issues = [] }: SeenInquiry): string[] =>
  issues.map(({ path, code }) => `${path} ${code}`).sort();

export const line988 = '0199a000-0000-7000-8000-000000000988';
export const line911 = '0199a000-0000-7000-8000-000000000911';
export const helpline = '0199a000-0000-7000-8000-000000004357';
