import { startSyntheticSubgraphs } from '@throughline/gateway/equivalence/synthetic-subgraphs.ts';

/** Services that cost next to nothing: each distinct request is worked out once. Tells how many calls came. */
const services = await startSyntheticSubgraphs({
  trouble: {
    nulls: 0,
    errors: 0,
    edges: Number(process.env.EDGES),
    ids: Number(process.env.IDS),
    usualTexts: true,
  },
  corruption: 0,
  delayMs: Number(process.env.DELAY_MS ?? 0),
});
process.on('message', () => process.send?.({ calls: services.calls() }));
process.send?.({ url: services.urlOf('clients').replace(/\/clients$/, '') });
