import { Token } from 'aws-cdk-lib';
import { checkText } from '../../src/private/check-text';

test('a text is handed back where it is right, and refused with the rule where it is not', () => {
  expect(checkText('name', 'a', /^.$/, 'one letter')).toBe('a');
  expect(checkText('name', 'a', text => text.length === 1, 'one letter')).toBe('a');
  expect(() => checkText('name', 'ab', /^.$/, 'one letter')).toThrow(new Error('"name" is "ab": give one letter'));
  expect(() => checkText('name', 'ab', text => text.length === 1, 'one letter')).toThrow(new Error('"name" is "ab": give one letter'));
});

test('a token is let through, and what is not given', () => {
  const token = Token.asString({ Ref: 'Name' });
  expect(checkText('name', token, /^.$/, 'one letter')).toBe(token);
  expect(checkText('name', undefined, /^.$/, 'one letter')).toBeUndefined();
});
