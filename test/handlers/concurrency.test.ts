import { CONCURRENCY, each, sleep } from '../../handlers/delivery/concurrency';

/** Items whose work ends when it is told to. */
function work() {
  const running = new Map<number, { done: () => void; fail: (error: Error) => void }>();
  const started: number[] = [];
  return {
    started,
    running: () => [...running.keys()],
    run: (item: number) => new Promise<void>((resolve, reject) => {
      started.push(item);
      running.set(item, { done: () => { running.delete(item); resolve(); }, fail: error => { running.delete(item); reject(error); } });
    }),
    end: async (item: number, error?: Error) => {
      const { done, fail } = running.get(item)!;
      error ? fail(error) : done();
      await new Promise(setImmediate);
    },
  };
}

const items = (count: number) => Array.from({ length: count }, (_, i) => i);

test('as many are worked on at once as the limit says, and the next when one is done', async () => {
  const { started, run, end, running } = work();
  const all = each(items(5), run, 2);
  expect(started).toEqual([0, 1]);
  await end(1);
  expect(started).toEqual([0, 1, 2]);
  for (const item of [0, 2, 3, 4]) {
    await end(item);
  }
  await all;
  expect([started, running()]).toEqual([[0, 1, 2, 3, 4], []]);
});

test('by itself the limit is that of the connections', async () => {
  const { started, run, end } = work();
  const all = each(items(CONCURRENCY + 3), run);
  expect(started).toEqual(items(CONCURRENCY));
  for (const item of items(CONCURRENCY + 3)) {
    await end(item);
  }
  await all;
});

test('with fewer items than the limit each is worked on once, with none nothing happens', async () => {
  const { started, run, end } = work();
  const all = each(items(2), run, 5);
  expect(started).toEqual([0, 1]);
  await end(0);
  await end(1);
  await all;
  await each([], run);
  expect(started).toEqual([0, 1]);
});

test('after a failure nothing new starts, what runs is awaited, and the first error is thrown', async () => {
  const { started, run, end } = work();
  let settled = false;
  const all = each(items(9), run, 3).catch(error => error).finally(() => { settled = true; });
  await end(1, new Error('first'));
  await end(0, new Error('second'));
  expect([started, settled]).toEqual([[0, 1, 2], false]);
  await end(2);
  expect(await all).toEqual(new Error('first'));
  expect(started).toEqual([0, 1, 2]);
});

test('a pause lasts as long as it is said', async () => {
  const start = performance.now();
  await sleep(30);
  expect(performance.now() - start).toBeGreaterThan(25);
});
