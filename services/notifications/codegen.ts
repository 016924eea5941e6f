import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    OnCallDuty: '../duty/on-call/on-call.ts#OnCallDuty as OnCall',
    OnCallPerson: '../duty/rota/on-call-now.ts#OnCallPerson as OnCallOne',
    OnCallRota: '../duty/rota/rota.ts#OnCallRota as StoredRota',
    OnCallTurn: '../duty/rota/rota.ts#Turn',
    Digest: '../digest/digest/digest.ts#Digest as StoredDigest',
    EscalationPolicy: '../duty/policy/policy.ts#ShownPolicy',
    StaffMember: '{ id: string }',
    AppreciationNote: '../gratitude/note/note.ts#AppreciationNote as StoredNote',
    RecognitionCampaign: '../gratitude/recognition/campaign.ts#RecognitionCampaign as Campaign',
    Client: '{ id: string }',
    Notification: '../inbox/notification/notification.ts#Notification as StoredNotification',
    NotificationDelivery: '../channel/delivery/delivery.ts#Delivery as StoredDelivery',
    DeliveryAttempt: '../channel/delivery/delivery.entity.ts#DeliveryAttempt as StoredAttempt',
    MessageTemplate: '../channel/template/template.ts#MessageTemplate as StoredTemplate',
    PushSubscription: '../channel/push/push.ts#PushSubscription as StoredPush',
    ChannelConsent: '../channel/client-channel/consent.ts#ChannelConsent as StoredConsent',
    StaffAddress: '../channel/address/address.ts#StaffAddress as StoredAddress',
    NotificationEscalation: '../duty/escalation/escalation.ts#Escalation',
  },
});
