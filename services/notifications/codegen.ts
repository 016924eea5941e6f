import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    StaffMember: '{ id: string }',
    Client: '{ id: string }',
    Notification: '../inbox/notification/notification.ts#Notification as StoredNotification',
    NotificationEscalation: '../duty/escalation/escalation.ts#Escalation',
  },
});
