import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Agency: '../agency/agency.ts#Agency as AgencyRow',
    Service: '../directory-service/directory-service.ts#Service as ServiceRow',
    Location: '../location/location.ts#Location as LocationRow',
    DirectoryImport: '../directory-import/directory-import.ts#DirectoryImport as DirectoryImportRow',
    ServiceMatches: '../matching/matching.resolvers.ts#ServiceMatches as ServiceMatchesRow',
    ServiceMatch: '../matching/matching.ts#Match as MatchRow',
    ExcludedService: '../matching/matching.ts#Excluded as ExcludedRow',
    Referral: '../referral/referral.ts#Referral as ReferralRow',
    ReferralTransition: '../referral/referral-transition.ts#ReferralTransition as TransitionRow',
    ReferralRequest: '../referral-request/referral-request.ts#ReferralRequest as RequestRow',
    ClientChoice: '../referral-request/referral-request.ts#ClientChoice as ChoiceRow',
    DeclinedOption: '../referral-request/referral-request.ts#DeclinedOption as OptionRow',
    Disclosure: '../disclosure/disclosure.ts#DisclosureEntry',
    PartnerReferral: '../referral/referral.ts#Referral as ReferralRow',
    PartnerReferralEvent: '../webhook/webhook.ts#PartnerEvent',
    WebhookSubscription: '../webhook/webhook.ts#WebhookSubscription as SubscriptionRow',
    WebhookDelivery: '../webhook/webhook.ts#WebhookDelivery as DeliveryRow',
    Client: '../client/client.ts#Client as ClientRow',
    Need: '../client/client.ts#Need as NeedRow',
    CaseManager: '../client/client.ts#CaseManager as StaffRow',
    Consent: '../client/client.ts#Consent as ConsentRow',
  },
});
