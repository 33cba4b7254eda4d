import { Token } from 'aws-cdk-lib';
import { checkTags } from '../../src/private/tags';

const tags = (count: number) => Object.fromEntries([...Array(count).keys()].map(i => [`tag${i}`, '']));
const token = Token.asString({ Ref: 'Text' });

test('there may be none, and as many as AWS takes', () => {
  expect(checkTags()).toEqual({});
  expect(checkTags(tags(50))).toEqual(tags(50));
  expect(() => checkTags(tags(51))).toThrow(new Error('"tags" has 51 tags: give at most 50'));
});

test('a key has 1 to 128 characters and leaves the beginning "aws:" to AWS', () => {
  for (const key of ['a', 'k'.repeat(128), 'aws', 'team:aws:x', 'my team', token, `aws:${token}`, `${token}${'k'.repeat(128)}`]) {
    expect(checkTags({ [key]: 'x' })).toEqual({ [key]: 'x' });
  }
});

test.each([['empty', ''], ['long', 'k'.repeat(129)], ['of AWS', 'aws:team'], ['of AWS in capitals', 'AWS:team']])('a key that is %s is refused', (_, key) => {
  expect(() => checkTags({ team: 'shop', [key]: 'x' })).toThrow(new Error(`"tags" has "${key}": give keys of 1 to 128 characters that do not begin with "aws:"`));
});

test('a value may be empty, 256 characters long, or known only at the deployment', () => {
  for (const note of ['', 'x'.repeat(256), `${token}${'x'.repeat(256)}`]) {
    expect(checkTags({ note })).toEqual({ note });
  }
  expect(() => checkTags({ note: 'x'.repeat(257) })).toThrow(new Error('"tags.note" has 257 characters: give at most 256'));
});
