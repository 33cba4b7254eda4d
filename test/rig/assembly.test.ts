import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import JSZip from 'jszip';
import { Assembly } from '../../rig/engine/assembly';

const folder = mkdtempSync(join(tmpdir(), 'assembly-'));
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(() => {
  const write = (file: string, content: object) => writeFileSync(join(folder, file), JSON.stringify(content));
  mkdirSync(join(folder, 'asset.code'));
  mkdirSync(join(folder, 'assembly-Stage'));
  writeFileSync(join(folder, 'asset.code', 'index.js'), 'code');
  const stack = (name: string, dependencies: string[] = []) => ({ type: 'aws:cloudformation:stack', properties: { templateFile: `${name}.json`, stackName: `${name}-named` }, dependencies });
  for (const name of ['Base', 'App']) { write(`${name}.json`, { Resources: { [name]: { Type: 'T' } } }); }
  write('manifest.json', {
    artifacts: {
      'App': stack('App', ['Base', 'App.assets']),
      'Base': stack('Base'),
      'App.assets': { type: 'cdk:asset-manifest', properties: { file: 'App.assets.json' } },
      'assembly-Stage': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-Stage' } },
    },
  });
  write('App.assets.json', {
    files: {
      code: { source: { path: 'asset.code', packaging: 'zip' }, destinations: { here: { objectKey: 'code.zip' } } },
      base: { source: { path: 'Base.json', packaging: 'file' }, destinations: { here: { objectKey: 'base.json' } } },
    },
  });
  write('assembly-Stage/manifest.json', { artifacts: { Inner: { type: 'aws:cloudformation:stack', properties: { templateFile: 'Inner.json' } } } });
  write('assembly-Stage/Inner.json', { Resources: {} });
});

test('stacks stand in the order of their dependencies, those of stages included', () => {
  expect(Assembly.read(folder).stacks.map(({ name }) => name)).toEqual(['Base-named', 'App-named', 'Inner']);
});

test('assets are found by their keys, a folder as a zip', async () => {
  const assembly = Assembly.read(folder);
  const zip = await JSZip.loadAsync((await assembly.content('code.zip'))!);
  expect(await zip.file('index.js')!.async('string')).toBe('code');
  expect(assembly.path('code.zip')).toBe(join(folder, 'asset.code'));
  expect(assembly.templateAt('https://s3.example/bucket/base.json').Resources).toHaveProperty('Base');
  expect(await assembly.content('other')).toBeUndefined();
});

test('a folder without an assembly is refused', () => {
  expect(() => Assembly.read(join(folder, 'asset.code'))).toThrow('run cdk synth first');
});
