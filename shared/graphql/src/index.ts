export * from './connection.ts';
export * from './context.ts';
export * from './errors.ts';
export * from './problems.ts';
export * from './scalars.ts';
export * from './start-subgraph.ts';
export * from './type-defs.ts';
export * from './viewer.ts';
