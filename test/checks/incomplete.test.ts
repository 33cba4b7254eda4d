import { readdirSync } from 'fs';
import { join } from 'path';
import { Bad, Good, templatesOf } from './fixtures';
import { ALL_CHECKS } from '../../src/checks/all-checks';
import { Platform } from '../../src/checks/platform';
import { Template } from '../../src/checks/resource';

/** Properties that are JSON in a string. */
const JSON_PROPERTIES = ['Manifest', 'Values', 'ConfigurationValues'];
const CASES = join(__dirname, 'cases');

/** What stands in place of something else in what people write. */
const ODD = [null, 7, [null]];

/** The value without one of its fields or items, or with something odd in its place, for each that it has at any depth. */
function* lessOne(value: any): Iterable<any> {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const key of Object.keys(value)) {
    const copy: any = Array.isArray(value) ? [...value] : { ...value };
    delete copy[key];
    yield Array.isArray(copy) ? copy.filter(() => true) : copy;
    for (const odd of ODD) {
      yield Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [key]: odd });
    }
    for (const inner of lessOne(value[key])) {
      yield Object.assign(Array.isArray(value) ? [...value] : { ...value }, { [key]: inner });
    }
  }
}

/** The template with one property of one resource less, objects in strings too. */
function* incomplete(template: Template): Iterable<Template> {
  const { Resources = {} } = template.content;
  for (const [id, resource] of Object.entries<any>(Resources)) {
    const withProperties = (Properties: any) =>
      ({ ...template, content: { ...template.content, Resources: { ...Resources, [id]: { ...resource, Properties } } } });
    yield withProperties(undefined);
    for (const properties of lessOne(resource.Properties ?? {})) {
      yield withProperties(properties);
    }
    for (const name of JSON_PROPERTIES.filter(key => typeof resource.Properties?.[key] === 'string')) {
      for (const content of lessOne(parsed(resource.Properties[name]))) {
        yield withProperties({ ...resource.Properties, [name]: JSON.stringify(content) });
      }
    }
  }
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

test.each(ALL_CHECKS)('$id takes what is incomplete or odd', ({ id, find }) => {
  const { good, bad }: { good: Good; bad: Bad } = require(join(CASES, id)); // eslint-disable-line @typescript-eslint/no-require-imports
  for (const make of [...Object.values(good), ...Object.values(bad).map(([fault]) => fault)]) {
    const [template, ...others] = templatesOf(make);
    for (const less of incomplete(template)) {
      expect(() => [...find(new Platform([less, ...others]))]).not.toThrow();
    }
  }
});

test('there are cases for each', () => {
  expect(readdirSync(CASES)).toHaveLength(ALL_CHECKS.length);
});
