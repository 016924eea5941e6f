import { DataSource } from 'typeorm';
import { staff, testTreatment } from '../../treatment.harness.ts';

it('a figure that takes too long is refused with a word about what to ask instead', async () => {
  const treatment = await testTreatment({ settings: { MEASURES_TIMEOUT_MS: '100' } });
  const owner = await new DataSource({ type: 'postgres', url: treatment.database.ownerUrl }).initialize();
  const query = `{ measure(code: FUH_7, period: { from: "2026-01-01", to: "2026-03-31" }) { specVersion } }`;
  const asking = () => treatment.ask(staff('QUALITY_ANALYST'), query);
  await owner.transaction(async (tx) => {
    await tx.query('lock table measure_case in access exclusive mode');
    expect(await asking()).toMatchObject({
      data: { measure: null },
      errors: [
        {
          extensions: { code: 'OPERATION_TOO_COSTLY' },
          message: expect.stringMatching('fewer months') as string,
        },
      ],
    });
  });
  expect((await asking()).errors).toEqual([]);
  await owner.destroy();
  await treatment.close();
});
