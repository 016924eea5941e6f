import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    CaseManager: '{ id: string }',
    Client: '{ id: string }',
    Notification: '../notification/notification.ts#Notification as StoredNotification',
    NotificationEscalation: '../escalation/escalation.ts#Escalation',
  },
});
