import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    Agency: '../agency/agency.ts#Agency',
    Service: '../directory-service/directory-service.ts#Service',
    Location: '../location/location.ts#Location',
  },
});
