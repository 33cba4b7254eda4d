import { CloudFormationEvent } from '../../handlers/delivery/events';
import { stackRemoval } from '../../handlers/delivery/stack-removal';
import { AwsStandIn } from '../cluster/aws-stand-in';

let aws: AwsStandIn;
beforeAll(async () => { aws = await AwsStandIn.start(); });
afterAll(async () => aws.stop());
beforeEach(() => aws.reset());

const STACK = 'arn:aws:cloudformation:eu-central-1:123456789012:stack/shop/5a1d0f70';
const find = (RequestType: string, deletionPolicy?: string) =>
  stackRemoval({ RequestType, StackId: STACK } as CloudFormationEvent, 'rehearsal', deletionPolicy);

test.each(['Create', 'Update'])('a %s removes nothing, and asks nobody', async type => {
  expect(await find(type)).toEqual({ stays: '' });
  expect(aws.asked).toEqual([]);
});

test('a cluster that is retained stays, whatever the stack does', async () => {
  expect(await find('Delete', 'Retain')).toEqual({ stays: 'cluster "rehearsal" is retained, nothing in it was touched' });
  expect(aws.asked).toEqual([]);
});

test.each(['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'CREATE_COMPLETE', 'DELETE_FAILED'])('a stack in %s lives on', async status => {
  aws.stackStatus = status;
  expect(await find('Delete')).toEqual({ stays: `stack shop is in ${status} and not being deleted, nothing was touched` });
  expect(aws.asked).toEqual([STACK]);
});

test('what is retained except on its creation goes with a creation that is rolled back only', async () => {
  aws.clusterSecurityGroupId = 'sg-1';
  expect(await find('Delete', 'RetainExceptOnCreate')).toEqual({ stays: 'cluster "rehearsal" is retained, nothing in it was touched' });
  aws.stackStatus = 'ROLLBACK_IN_PROGRESS';
  expect(await find('Delete', 'RetainExceptOnCreate')).toEqual({ clusterSecurityGroupId: 'sg-1' });
});

test.each(['DELETE_IN_PROGRESS', 'ROLLBACK_IN_PROGRESS'])('a stack in %s goes with its cluster, whose own group is known', async status => {
  Object.assign(aws, { stackStatus: status, clusterSecurityGroupId: 'sg-1' });
  expect(await find('Delete', 'Delete')).toEqual({ clusterSecurityGroupId: 'sg-1' });
});

test('a cluster may be gone already', async () => {
  aws.clusterExists = false;
  expect(await find('Delete')).toEqual({ isGone: true });
});

test('a protected cluster is an error that says what to do', async () => {
  aws.deletionProtection = true;
  await expect(find('Delete')).rejects.toThrow(/^cluster "rehearsal" is protected from deletion, nothing was touched: deploy it with "deletionProtection" false, then delete the stack again$/);
});

test('a state that cannot be found out is an error, and nothing goes', async () => {
  aws.isDenied = true;
  await expect(find('Delete')).rejects.toThrow('whether the stack is being deleted cannot be told, nothing was touched: AccessDenied: not allowed');
});

test('a protection that cannot be found out is an error, and nothing goes', async () => {
  aws.isClusterDenied = true;
  await expect(find('Delete')).rejects.toThrow(/^whether cluster "rehearsal" is protected cannot be told, nothing was touched: AccessDenied\w*: not allowed$/);
});
