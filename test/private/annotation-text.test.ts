import { Stack, Token } from 'aws-cdk-lib';
import { listText, mapText } from '../../src/private/annotation-text';

test('a list keeps its order, a map is sorted', () => {
  expect(listText(['b', 'a'])).toEqual('b,a');
  expect(mapText('tags', { b: '2', a: '1=1' })).toEqual('a=1=1,b=2');
});

test('nothing is left out rather than empty', () => {
  expect(listText([])).toBeUndefined();
  expect(mapText('tags', {})).toBeUndefined();
});

test('a comma has no place in a map', () => {
  expect(() => mapText('tags', { team: 'a,b' })).toThrow('"tags" has "team" with the value "a,b": give a value without ","');
  expect(() => mapText('tags', { 'a=b': 'c' })).toThrow('"tags" has the key "a=b": give a key without "," and "="');
});

test('a list known only at deploy time is joined at deploy time', () => {
  const list = Token.asList({ 'Fn::GetAtt': ['Subnets', 'Ids'] });
  expect(new Stack().resolve(listText(list))).toEqual({ 'Fn::Join': [',', { 'Fn::GetAtt': ['Subnets', 'Ids'] }] });
});
