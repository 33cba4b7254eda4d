import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { CHART_CLASSES, EVERY_CHART, exampleObjects } from './every-chart';

/** Props that have no example, and why. */
const WITHOUT_EXAMPLE: Record<string, string[]> = {
  // documented, but not in the newest definition that was published
  AutoModeNodeClass: [
    'advancedNetworking', 'capacityReservationSelectorTerms', 'certificateBundles', 'fips', 'instanceProfile', 'podSecurityGroupSelectorTerms', 'podSubnetSelectorTerms',
    'specOverride',
  ],
};

test('every construct that can be had has examples', () => {
  expect(CHART_CLASSES.length).toBeGreaterThan(20);
  expect(Object.keys(EVERY_CHART).sort()).toEqual(CHART_CLASSES);
});

test('together they have every prop', () => {
  const missing = CHART_CLASSES.map(name => {
    const given = EVERY_CHART[name].flatMap(example => Object.keys(example));
    return [name, propsOf(`${name}Props`).filter(prop => !given.includes(prop))];
  });
  expect(Object.fromEntries(missing.filter(([, props]) => props.length > 0))).toEqual(WITHOUT_EXAMPLE);
});

test.each(CHART_CLASSES)('%s makes objects of its examples', name => {
  for (const example of EVERY_CHART[name]) {
    const objects = exampleObjects(name, example);
    expect(objects.length).toBeGreaterThan(0);
    expect(objects.filter(({ apiVersion, kind, metadata }) => !apiVersion || !kind || !metadata?.name)).toEqual([]);
  }
});

const INTERFACES = new Map<string, ts.InterfaceDeclaration>();
const FOLDER = join(__dirname, '..', '..', 'src', 'charts');
for (const file of readdirSync(FOLDER)) {
  ts.createSourceFile(file, readFileSync(join(FOLDER, file), 'utf8'), ts.ScriptTarget.Latest).statements
    .filter(ts.isInterfaceDeclaration).forEach(declaration => INTERFACES.set(declaration.name.text, declaration));
}

/** The props of an interface, inherited ones too. */
function propsOf(name: string): string[] {
  const { members, heritageClauses = [] } = INTERFACES.get(name)!;
  const inherited = [...heritageClauses].flatMap(({ types }) => types.flatMap(({ expression }) => propsOf((expression as ts.Identifier).text)));
  return [...members.map(member => (member.name as ts.Identifier).text), ...inherited].sort();
}
