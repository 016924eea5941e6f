/** The first page of a member of staff: one query, in the order in which one should work. The README of treatment shows it. */
export const myDay = `query MyDay {
  me {
    id
    dueToday(first: 100) {
      edges { node {
        kind urgency dueAt isOverdue mustAcknowledge
        client { caseNumber name { nameToUse } safeContact { contactProhibited allowedMethods } }
        subject {
          ... on CrisisAlert { id version level cause state allowedCommands }
          ... on NextStep { id version what why }
          ... on CaseFile { id version status riskTier nextContactDueAt }
          ... on FollowUpObligation { id kind label }
          ... on CarePlan { id version reviewCause }
          ... on Goal { id version statementInClientWords }
          ... on Advice { id version topic }
          ... on AdvocacyAction { id version }
        }
      } }
      pageInfo { hasNextPage endCursor }
    }
    approvalsToDecide(first: 20) { edges { node { kind askedAt client { caseNumber } } } }
    assignmentsToApprove(first: 20) { edges { node { assignment { id startedAt } caseFile { id version } } } }
  }
  toAcknowledge: myNotifications(
    state: [DELIVERED, READ], first: 20
    codes: [CRISIS_L1, CRISIS_L2, SCREEN_POSITIVE_SAFETY, CRISIS_CALL, CALLBACK_MISSED, NOTE_IN_CRISIS]
  ) { edges { node { id code dueAt } } }
}`;

export interface MyDay {
  me: {
    id: string;
    dueToday: {
      edges: {
        node: {
          kind: string;
          urgency: string;
          mustAcknowledge: boolean;
          isOverdue: boolean;
          subject: { id?: string; nextContactDueAt?: string | null } | null;
        };
      }[];
    } | null;
  };
}
