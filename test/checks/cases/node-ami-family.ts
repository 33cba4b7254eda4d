import { Bad, cluster, deliver, Good, nodeGroup } from '../fixtures';

const nodeClass = (alias: string) => ({ apiVersion: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass', metadata: { name: 'general' }, spec: { amiSelectorTerms: [{ alias }] } });

export const good: Good = {
  'AL2023': stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, AmiType: 'AL2023_x86_64_STANDARD' }),
  'Amazon Linux 2 on 1.32': stack => nodeGroup(stack, { ClusterName: cluster(stack, { Version: '1.32' }).ref, AmiType: 'AL2_x86_64' }),
  'a class of AL2023': stack => [cluster(stack), deliver(stack, [nodeClass('al2023@v20260801')])],
};

export const bad: Bad = {
  'Amazon Linux 2 on 1.36': [stack => nodeGroup(stack, { ClusterName: cluster(stack).ref, AmiType: 'AL2_x86_64' }), 'AmiType is AL2_x86_64, of Amazon Linux 2, and the Kubernetes version 1.36'],
  'a class of Amazon Linux 2': [stack => [cluster(stack), deliver(stack, [nodeClass('al2@v20240807')])], 'the image is al2@v20240807, of Amazon Linux 2, and the Kubernetes version 1.36'],
};

/** Where in the resource or object: all of the places that these have. */
export const at = ['AmiType', 'spec.amiSelectorTerms'];
