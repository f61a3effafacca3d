/** Prints `N passed, N failed, N skipped` on a line of its own, which every CI can read. */
module.exports = class SummaryReporter {
  onRunComplete(_contexts, results) {
    const crashed = results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    console.log(`${results.numPassedTests} passed, ${results.numFailedTests + crashed} failed, ${skipped} skipped`);
  }
};
