/*
 * Jest runs this before each test file. BERTH_PROPERTY_RUNS is the number of runs of each property test; without it,
 * fast-check's default or the number in a slow test applies, and fast-check is not loaded where no test needs it.
 */
const given = process.env.BERTH_PROPERTY_RUNS;
if (given !== undefined) {
  if (!/^[1-9]\d{0,6}$/.test(given)) {
    throw new Error(
      `BERTH_PROPERTY_RUNS ${JSON.stringify(given)} must be a whole number`,
    );
  }
  require('fast-check').configureGlobal({
    numRuns: Number(given),
    // A slow property stops before the time limit of its test, and passes if no run failed.
    interruptAfterTimeLimit: 40_000,
  });
}
