import { Token } from 'aws-cdk-lib';
import { checkText } from '../../src/private/check-text';

test('a text is handed back where it is right, and refused with the rule where it is not', () => {
  expect(checkText('name', 'a', true, 'one letter')).toBe('a');
  expect(() => checkText('name', 'ab', false, 'one letter')).toThrow(new Error('"name" is "ab": give one letter'));
});

test('a token is let through', () => {
  const token = Token.asString({ Ref: 'Name' });
  expect(checkText('name', token, false, 'one letter')).toBe(token);
});
