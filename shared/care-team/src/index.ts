export * from './care-team.ts';
export * from './care-team.entity.ts';
export * from './care-team.loaders.ts';
export * from './care-team.reactions.ts';
export * from './create-care-team.ts';
export * from './find-care-team.ts';
