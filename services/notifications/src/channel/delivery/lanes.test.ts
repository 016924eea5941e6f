import { Lanes } from './lanes.ts';

const places = (lanes: Lanes) =>
  lanes.during((enter) =>
    Promise.resolve(Array.from({ length: 6 }, () => enter('SMS')).filter(Boolean).length),
  );

describe('the places of a channel', () => {
  it('are four, and those of another channel are its own', async () => {
    const lanes = new Lanes();
    await lanes.during(async (enter) => {
      expect(enter('EMAIL')).toBe(true);
      expect(await places(lanes)).toBe(4);
    });
  });

  it('are free again after work that failed, also when its transaction was not committed', async () => {
    const lanes = new Lanes();
    const failing = lanes.during((enter) => {
      enter('SMS');
      return Promise.reject(new Error('the connection was lost at the commit'));
    });
    await expect(failing).rejects.toThrow('at the commit');
    expect(await places(lanes)).toBe(4);
    expect(await places(lanes)).toBe(4);
  });
});
