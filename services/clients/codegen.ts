import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Assignment: '../case-file/assignment.ts#Assignment',
    CaseFile: '../case-file/case-file.ts#CaseFile',
    CaseManager: '../case-manager/case-manager.ts#CaseManager',
    Client: '../client/client.ts#Client',
    Consent: '../consent/consent.ts#Consent',
    ConsentRecipient: '@throughline/privacy#ConsentRecipient',
    DisclosureRecord: '../disclosure/disclosure.ts#DisclosureRecord',
    Need: '../need/need.ts#Need',
  },
});
