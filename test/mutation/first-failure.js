const { TestEnvironment } = require('jest-environment-node');

/** Leaves out what comes after a test that failed: the mutant is noticed by then. */
module.exports = class FirstFailure extends TestEnvironment {
  handleTestEvent({ name, test }) {
    this.hasFailed ||= name === 'test_fn_failure' || name === 'hook_failure';
    if (name === 'test_start' && this.hasFailed) {
      test.mode = 'skip';
    }
  }
};
