import { selects } from '../../src/checks/selector';

test.each([
  ['with all of its labels', { app: 'web', tier: 'front' }, { app: 'web', tier: 'front', team: 'shop' }, true],
  ['with some of its labels', { app: 'web', tier: 'front' }, { app: 'web' }, false],
  ['with another value', { app: 'web' }, { app: 'api' }, false],
  ['where it has no labels', {}, { app: 'web' }, false],
  ['where there is no selector', undefined, { app: 'web' }, false],
])('a selector and a pod %s', (_, selector: any, labels: any, taken) => {
  expect(selects(selector, labels)).toBe(taken);
});
