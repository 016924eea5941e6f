/** Everything that the graph shows of a client, in one query. */
export const clientPage = `query ClientPage($id: ID!) {
  client(id: $id) {
    id caseNumber status name { legal nameToUse } pronouns dateOfBirth preferredLanguage populations
    contactPoints { kind value } safeContact { contactProhibited allowedMethods } attention { __typename }
    supportPersons { id } household { __typename }
    activeCase {
      id version status phase riskTier nextContactDueAt allowedCommands nextStep { code what dueAt }
      needs { id category status clientRank goals { id } referralRequests { id } }
      primaryCaseManager { id name } assignments { id role startedAt }
    }
    consents { id status isValid } alerts { id code }
    referralRequests { id referrals { id status } } openReferralCount
    screenings(first: 20) { edges { node { id total band } } }
    screeningTrend(instrument: "PHQ-9") { points { total } change { reliable meaning } }
    nextSteps { id what why due isOverdue owner { id name } }
    risk { tier points drivers { code points } } openCrisisAlerts { id level state } openSafetyFlags { flag }
    episodes { id phase } currentEpisode { id stays { id } } followUpObligations { id status dueOn }
    carePlan { id version status reviewOn content { hash } goals { id statementInClientWords lint { part } } }
    gaps { kind need { id } }
    advice(first: 20) { edges { node { id topic } } }
    guidance(first: 20) { edges { node { id kind doneOn } } }
    advocacy(first: 20) { edges { node { id status } } }
    sinceYouLastLooked { lookedAt total groups { kind count latest { id } } position }
    timeline(first: 50, order: DESC) {
      edges { node { id kind occurredAt labels visibleBecause actor { kind staff { id name } } subject { __typename } } }
      pageInfo { hasNextPage }
    }
  }
}`;
