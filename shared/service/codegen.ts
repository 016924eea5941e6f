import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '@throughline/graphql#ServiceContext',
  mappers: {
    Backbone: 'object',
    Fact: '@throughline/messaging#KeptFact as FactRow',
    FactActor: '@throughline/events#Actor as ActorRow',
    ParkedFact: '@throughline/messaging#ParkedMessage as ParkedFactRow',
    Timer: '@throughline/messaging#Timer as TimerRow',
  },
});
