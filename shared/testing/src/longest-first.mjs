import Sequencer from '@jest/test-sequencer';

/** Small files that take minutes. Jest begins with the largest files where it has not seen them run, as in a fresh clone. */
const long = /(\/indexed\.int|\/killed|\/honest|\/partner-secrecy|\/real-data\.int)\.test\.ts$/;

/** Starts what takes longest first, so that no worker waits for the other at the end. */
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    return [
      ...sorted.filter(({ path }) => long.test(path)),
      ...sorted.filter(({ path }) => !long.test(path)),
    ];
  }
}
