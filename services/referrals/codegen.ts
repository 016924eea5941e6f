import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    CrisisInstead: '../referral/crisis/crisis-instead.ts#CrisisInstead as CrisisInsteadRow',
    ReferralCommand: '../referral/referral/transitions.ts#ReferralCommand as CommandName',
    Agency: '../directory/agency/agency.ts#Agency as AgencyRow',
    Service: '../directory/directory-service/directory-service.ts#Service as ServiceRow',
    Location: '../directory/location/location.ts#Location as LocationRow',
    DirectoryImport:
      '../directory/directory-import/directory-import.ts#DirectoryImport as DirectoryImportRow',
    ServiceMatches: '../directory/matching/matching.resolvers.ts#ServiceMatches as ServiceMatchesRow',
    ServiceMatch: '../directory/matching/matching.ts#Match as MatchRow',
    ExcludedService: '../directory/matching/matching.ts#Excluded as ExcludedRow',
    Referral: '../referral/referral/referral.ts#Referral as ReferralRow',
    ReferralTransition: '../referral/referral/referral-transition.ts#ReferralTransition as TransitionRow',
    ReferralRequest: '../referral/referral-request/referral-request.ts#ReferralRequest as RequestRow',
    ClientChoice: '../referral/referral-request/referral-request.ts#ChoiceOfClient as ChoiceRow',
    DeclinedOption: '../referral/referral-request/referral-request.ts#OptionOfClient as OptionRow',
    Disclosure: '../referral/disclosure/disclosure.ts#DisclosureEntry',
    PartnerReferral: '../referral/referral/referral.ts#Referral as ReferralRow',
    PartnerReferralEvent: '../referral/partner-event/partner-event.ts#PartnerEvent',
    WebhookSubscription: '../delivery/webhook/webhook.ts#WebhookSubscription as SubscriptionRow',
    WebhookDelivery: '../delivery/webhook/webhook.ts#WebhookDelivery as DeliveryRow',
    WebhookTestResult: '../delivery/webhook/webhook.commands.ts#TestResult',
    Client: '{ id: string }',
    TreatmentRecommendation: '{ id: string }',
    Need: '{ id: string }',
    Goal: '{ id: string; need: { id: string } | null }',
    StaffMember: '{ id: string }',
    Consent: '{ id: string }',
  },
});
