export { describeIndexedQueries, type IndexedQueries } from './describe-indexed-queries.ts';
export { describeTables, type Forbidden } from './describe-tables.ts';
export {
  aViewer,
  startTestService,
  type Ask,
  type Get,
  type Origin,
  type TestedService,
  type TestServiceOptions,
} from './test-service.ts';
