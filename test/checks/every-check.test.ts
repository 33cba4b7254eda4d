import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { check, Bad, Good } from './fixtures';
import { ALL_CHECKS } from '../../src/checks/all-checks';

const RULES = join(__dirname, '..', '..', 'src', 'checks', 'rules');
const idsOf = (folder: string) => readdirSync(folder).map(file => file.replace(/\.ts$/, '')).sort();

test('each check is one file that is named after it, in the order of the ids, with its cases', () => {
  expect(ALL_CHECKS.map(({ id }) => id)).toEqual(idsOf(RULES));
  expect(idsOf(join(__dirname, 'cases'))).toEqual(idsOf(RULES));
});

describe.each(ALL_CHECKS)('$id', ({ id, title, fix, reason, link }) => {
  const { good, bad, at }: { good: Good; bad: Bad; at: string[] } = require(`./cases/${id}`); // eslint-disable-line @typescript-eslint/no-require-imports

  test('says what it is, why, and what to do', () => {
    expect(title).toMatch(/^[A-Z].*[^.]$/);
    expect(fix).toMatch(/^[A-Z].*[^.]$/);
    expect(reason).toMatch(/^[A-Z].*\.$/s);
    expect(link).toMatch(/^https:\/\//);
    expect(Object.keys(good).length * Object.keys(bad).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(good))('lets pass: %s', (_, make) => {
    expect(check(make).filter(result => result.check.id === id).map(({ finding }) => finding.message)).toEqual([]);
  });

  test.each(Object.entries(bad))('finds: %s', (_, [make, message]) => {
    const [found] = check(make).filter(result => result.check.id === id);
    expect(found?.finding.message).toEqual(expect.stringMatching(typeof message === 'string' ? message.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : message));
    expect(found.finding.message).toMatch(/^(?!(The|A|An|This|There|No|All) ).*[^.]$/s);
    expect(found.finding.resource.path).toMatch(/^Stack\//);
  });

  test('says where', () => {
    const places = Object.values(bad).map(([make]) => check(make).find(result => result.check.id === id)!.finding.location ?? '');
    expect([...new Set(places)]).toEqual(at);
  });

  const list = join(__dirname, '..', '..', 'CHECKS.md');
  (existsSync(list) ? test : test.skip)('stands in CHECKS.md', () => {
    expect(readFileSync(list, 'utf8')).toContain(id);
  });
});
