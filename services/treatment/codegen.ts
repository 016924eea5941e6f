import { codegenFor } from '@throughline/graphql/codegen';

export default codegenFor({
  contextType: '../context.ts#Context',
  mappers: {
    CarePlan: '../planning/care-plan/care-plan.ts#CarePlan as CarePlanRow',
    Client: '{ id: string }',
    Episode: '../episode/episode/episode.ts#Episode as EpisodeRow',
    Goal: '../planning/goal/goal.ts#Goal as GoalRow',
    GoalProgress: '../planning/goal/goal.ts#GoalProgress as GoalProgressRow',
    Instrument: '../assessment/instrument/instrument.ts#Instrument as InstrumentRow',
    InstrumentBand: '../assessment/instrument/instrument.ts#Band as BandRow',
    InstrumentItem: '../assessment/instrument/instrument.ts#Item as ItemRow',
    SafetyFlag: '../assessment/screening/screening.ts#SafetyFlag as SafetyFlagRow',
    Screening: '../assessment/screening/screening.ts#Screening as ScreeningRow',
    TimelineEntry: '../timeline/timeline/timeline.ts#TimelineEntry as TimelineEntryRow',
  },
});
