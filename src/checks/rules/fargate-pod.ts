import { Check } from '../check';
import { fargateProfileOf } from '../fargate';
import { inPods } from '../find';
import { Pod } from '../pod';

function reason({ spec, containers }: Pod): string | undefined {
  const field = ['hostNetwork', 'hostPID', 'hostIPC'].find(name => spec[name] === true);
  const container = (test: (spec: any) => unknown) => containers.find(item => test(item.spec))?.name;
  const privileged = container(item => item.securityContext?.privileged === true);
  const port = container(item => (item.ports ?? []).some((entry: any) => entry.hostPort));
  const gpu = container(item => Object.keys({ ...item.resources?.limits, ...item.resources?.requests }).some(name => /^(nvidia\.com|amd\.com|aws\.amazon\.com)\//.test(name)));
  const path = (spec.volumes ?? []).find((volume: any) => volume.hostPath)?.name;
  return field ? `it has ${field}`
    : privileged ? `container "${privileged}" is privileged`
      : port ? `container "${port}" has a hostPort`
        : gpu ? `container "${gpu}" asks for an accelerator`
          : path ? `volume "${path}" is a hostPath` : undefined;
}

export const FARGATE_POD: Check = {
  id: 'fargate-pod',
  title: 'Pods on Fargate do without what Fargate has not',
  severity: 'error',
  fix: 'Let the pod run on nodes: leave it out of the profile\'s selectors',
  reason: 'Such a pod stays pending for ever.',
  link: 'https://docs.aws.amazon.com/eks/latest/userguide/fargate.html',
  find: platform => inPods(platform, pod => {
    const profile = fargateProfileOf(platform, pod);
    const wrong = profile && reason(pod);
    return wrong === undefined ? undefined : ['', `${wrong}, and ${profile!.path} takes it to Fargate`];
  }),
};
