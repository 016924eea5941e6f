import { generate } from './generate.ts';

/** What tests run and is not committed; the types of the services are not needed to run. */
export default () => generate('supergraphs', 'client');
