import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    CarePlan: '../care-plan/care-plan.ts#CarePlan as CarePlanRow',
    Client: '../client/client.ts#ClientRef',
    Episode: '../episode/episode.ts#Episode as EpisodeRow',
    Goal: '../goal/goal.ts#Goal as GoalRow',
    GoalProgress: '../goal/goal.ts#GoalProgress as GoalProgressRow',
    Instrument: '../instrument/instrument.ts#Instrument as InstrumentRow',
    InstrumentBand: '../instrument/instrument.ts#Band as BandRow',
    InstrumentItem: '../instrument/instrument.ts#Item as ItemRow',
    SafetyFlag: '../screening/screening.ts#SafetyFlag as SafetyFlagRow',
    Screening: '../screening/screening.ts#Screening as ScreeningRow',
    TimelineEntry: '../timeline/timeline.ts#TimelineEntry as TimelineEntryRow',
  },
});
