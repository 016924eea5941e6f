export * from './care-reader.ts';
export * from './care.entity.ts';
export * from './care.reactions.ts';
export * from './care.ts';
export * from './enforce-parts.ts';
export * from './migrations/index.ts';
export * from './reach.ts';
