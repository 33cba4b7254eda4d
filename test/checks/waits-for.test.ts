import { platformOf } from './fixtures';
import { waitsFor } from '../../src/checks/waits-for';

const topic = (...DependsOn: string[]) => ({ Type: 'AWS::SNS::Topic', DependsOn });

test('a resource waits for what it depends on, directly or through others, and for nothing in another stack', () => {
  const { resources: [first, , third, loop, , elsewhere] } = platformOf(
    { Resources: { First: topic(), Second: topic('First'), Third: topic('Second'), Loop: topic('Back'), Back: topic('Loop', 'Third') } },
    { Resources: { First: topic() } },
  );
  expect(waitsFor(third, first)).toBe(true);
  expect(waitsFor(first, third)).toBe(false);
  expect(waitsFor(third, elsewhere)).toBe(false);
  expect(waitsFor(loop, first)).toBe(true); // a circle, which CloudFormation refuses, ends too
});
