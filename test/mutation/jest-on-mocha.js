const { expect } = require('expect');
const { bind } = require('jest-each');
const { ModuleMocker } = require('jest-mock');
const Mocha = require('mocha');
const { basename } = require('node:path');

const mocker = new ModuleMocker(globalThis);

/** A function that defines a test or a hook, with a time that is given last, as in jest. */
function timed(define) {
  return (...args) => {
    const at = args.findIndex(arg => typeof arg === 'function');
    if (at < 0) {
      return define(...args); // what Mocha makes of a test that is skipped
    }
    const [body, timeout] = args.slice(at);
    return define(...args.slice(0, at), function () {
      if (timeout) {
        this.timeout(timeout);
      }
      return body();
    });
  };
}

/*
 * Jest's functions in Mocha's usual interface. Jest loads all modules anew for each run; Mocha loads them once, so that a mutant is tried in
 * milliseconds. As there, a file has hooks, an environment and spies of its own.
 */
const { bdd } = Mocha.interfaces;
Mocha.interfaces.bdd = root => {
  root.on('pre-require', (context, file, mocha) => {
    const suite = Mocha.Suite.create(root, basename(file));
    bdd(suite);
    suite.emit('pre-require', context, file, mocha);
    const { describe, it, before, after, beforeEach, afterEach } = context;
    const group = define => Object.assign((name, body) => define(name, () => void body()), { each: bind((name, body) => define(name, () => void body()), false) });
    const single = define => Object.assign(timed(define), { each: bind(timed(define), false) });
    const test = Object.assign(single(it), { skip: single(it.skip) });
    Object.assign(context, {
      expect,
      test,
      it: test,
      describe: Object.assign(group(describe), { skip: group(describe.skip) }),
      beforeAll: timed(before),
      afterAll: timed(after),
      beforeEach: timed(beforeEach),
      afterEach: timed(afterEach),
      jest: { fn: mocker.fn.bind(mocker), spyOn: mocker.spyOn.bind(mocker), restoreAllMocks: () => mocker.restoreAllMocks() },
    });
    let environment;
    before(() => { environment = { ...process.env }; });
    after(() => {
      mocker.restoreAllMocks();
      Object.keys(process.env).forEach(name => delete process.env[name]);
      Object.assign(process.env, environment);
    });
  });
};
