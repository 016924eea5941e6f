import { disclosureRepeated } from '@throughline/events';
import { on } from '@throughline/messaging';
import { DisclosureReadsEntity } from './disclosure-reads.entity.ts';

/** The hour of a line is over: how often the same was read. The line itself never changes. */
export const onDisclosureRepeated = on(
  disclosureRepeated,
  async (tx, { disclosureId, reads, lastReadAt }) => {
    const counted = { disclosureId, reads, lastReadAt: new Date(lastReadAt) };
    await tx.createQueryBuilder().insert().into(DisclosureReadsEntity).values(counted).orIgnore().execute();
  },
);
