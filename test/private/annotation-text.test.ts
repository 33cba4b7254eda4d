import { Fn, Stack, Token } from 'aws-cdk-lib';
import { listText, mapText } from '../../src/private/annotation-text';

test('a list keeps its order, a map is sorted', () => {
  expect(listText(['b', 'a'])).toEqual('b,a');
  expect(mapText('tags', { b: '2', a: '1=1' })).toEqual('a=1=1,b=2');
});

test('nothing is left out rather than empty', () => {
  expect([listText([]), listText(), mapText('tags')]).toEqual([undefined, undefined, undefined]);
  expect(mapText('tags', {})).toBeUndefined();
});

test('a comma has no place in a map', () => {
  expect(() => mapText('tags', { team: 'a,b' })).toThrow('"tags" has "team" with the value "a,b": give a value without ","');
  for (const key of ['a=b', 'a,b', '']) {
    expect(() => mapText('tags', { [key]: 'c' })).toThrow(`"tags" has the key "${key}": give a key without "," and "="`);
  }
});

test('a text that only the deployment knows is not searched for commas', () => {
  const text = `${Fn.ref('Team')},`;
  expect(mapText('tags', { team: text })).toBe(`team=${text}`);
});

test('a list known only at deploy time is joined at deploy time', () => {
  const list = Token.asList({ 'Fn::GetAtt': ['Subnets', 'Ids'] });
  expect(new Stack().resolve(listText(list))).toEqual({ 'Fn::Join': [',', { 'Fn::GetAtt': ['Subnets', 'Ids'] }] });
});
