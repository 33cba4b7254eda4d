import { isIntrinsic, known, knownItems, listOf, parseJson, textOf, TOKEN } from '../../src/checks/values';

const REF = { Ref: 'Queue' };
const join = (...parts: any[]) => ({ 'Fn::Join': ['', parts] });

test.each<[string, any, boolean]>([
  ['a reference', REF, true],
  ['a function', { 'Fn::GetAtt': ['Queue', 'Arn'] }, true],
  ['nothing', null, false],
  ['a list', [REF], false],
  ['a text', 'Ref', false],
  ['an object with more than a reference', { Ref: 'Queue', name: 'queue' }, false],
  ['an object with another field', { name: 'Ref' }, false],
])('whether CloudFormation works a value out: %s', (_, value, is) => {
  expect(isIntrinsic(value)).toBe(is);
});

test('a value is known unless it is missing, or has a part that only the deployment knows', () => {
  expect(knownItems(['a', null, REF, `a${TOKEN}`, 0, undefined, false])).toEqual(['a', 0, false]);
  expect(known(null)).toBeUndefined();
  expect(knownItems(REF as any)).toEqual([]);
});

test('nothing is no item, a single thing is one', () => {
  expect([undefined, null, 'a', ['a', 'b']].map(value => listOf(value as any))).toEqual([[], [], ['a'], ['a', 'b']]);
});

test.each<[string, any, string | undefined]>([
  ['itself', 'queue', 'queue'],
  ['its parts, joined by what stands between them', { 'Fn::Join': ['-', ['a', REF, 'b']] }, `a-${TOKEN}-b`],
  ['with each name that is put in unknown', { 'Fn::Sub': 'arn:${AWS::Partition}:sqs:${Queue}/*' }, `arn:${TOKEN}:sqs:${TOKEN}/*`],
  ['the same with values of its own', { 'Fn::Sub': ['queue-${Name}', { Name: REF }] }, `queue-${TOKEN}`],
  ['with what is no name as it stands', { 'Fn::Sub': '${!aws:username}/${Queue}' }, `\${aws:username}/${TOKEN}`],
  ['unknown for a reference', REF, undefined],
  ['unknown for a join of what is not known', { 'Fn::Join': [',', REF] }, undefined],
  ['unknown where there is nothing', undefined, undefined],
])('the text of a value is %s', (_, value, text) => {
  expect(textOf(value)).toBe(text);
});

test.each<[string, any, any]>([
  ['a text', '{"a":1}', { a: 1 }],
  ['a part of a string', join('{"a":"x-', REF, '-y","b":1}'), { a: `x-${TOKEN}-y`, b: 1 }],
  ['a number or a list', join('{"a":', REF, ',"b":"c","d":', REF, '}'), { a: TOKEN, b: 'c', d: TOKEN }],
  ['a part of a string with quotes', join('{"a":"say \\"', REF, '\\"","b":', REF, '}'), { a: `say "${TOKEN}"`, b: TOKEN }],
  ['parts beside each other', join('{"a":"', REF, REF, '"}'), { a: TOKEN + TOKEN }],
  ['no JSON', '{', undefined],
  ['a text that is joined by something', { 'Fn::Join': [',', ['[1', '2]']] }, undefined],
  ['a join of what only the deployment knows', { 'Fn::Join': ['', REF] }, undefined],
  ['a reference', REF, undefined],
  ['nothing', undefined, undefined],
])('JSON is read where only the deployment knows of it %s', (_, value, parsed) => {
  expect(parseJson(value)).toEqual(parsed);
});
