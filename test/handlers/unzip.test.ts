import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { unzip } from '../../handlers/delivery/unzip';

let outside: string;
let folder: string;
beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'unzip-'));
  folder = join(outside, 'chart');
  mkdirSync(folder);
});
afterEach(() => rmSync(outside, { recursive: true }));

function zip(files: Record<string, string>): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)]))));
}

test('files are put where the archive says, in folders that it may or may not name', () => {
  unzip(zip({ 'Chart.yaml': 'name: web', 'templates/': '', 'templates/web.yaml': 'kind: ConfigMap', 'crds/deep/er/crd.yaml': 'kind: Thing', 'empty/': '' }), folder);
  expect(readFileSync(join(folder, 'Chart.yaml'), 'utf8')).toBe('name: web');
  expect(readFileSync(join(folder, 'templates', 'web.yaml'), 'utf8')).toBe('kind: ConfigMap');
  expect(readFileSync(join(folder, 'crds', 'deep', 'er', 'crd.yaml'), 'utf8')).toBe('kind: Thing');
  expect(readdirSync(folder).sort()).toEqual(['Chart.yaml', 'crds', 'templates']);
});

test.each(['../out.yaml', 'templates/../../out.yaml', '/etc/out.yaml', '../chart-of-others/out.yaml'])('a file outside of the folder (%s) is refused, and not written', name => {
  expect(() => unzip(zip({ [name]: 'x' }), folder)).toThrow(`the zip archive of the chart names a file outside of itself: "${name}"`);
  expect([readdirSync(outside), existsSync('/etc/out.yaml')]).toEqual([['chart'], false]);
});

test('what is no zip archive is said to be none', () => {
  expect(() => unzip(Buffer.from('<Error/>'), folder)).toThrow(/^the chart is not a zip archive that can be read: \w+/);
});
