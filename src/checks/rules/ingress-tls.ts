import { Check } from '../check';
import { inObjects } from '../find';

export const INGRESS_TLS: Check = {
  id: 'ingress-tls',
  title: 'What faces the internet speaks HTTPS',
  severity: 'warning',
  fix: 'Give a certificate: the annotation certificate-arn, or a host with spec.tls that ACM has one for',
  reason: 'Sessions and passwords travel readable.',
  link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  find: platform => inObjects(platform, ['Ingress'], ({ manifest: { metadata, spec } }) => {
    const annotations = metadata?.annotations ?? {};
    const has = (name: string) => annotations[`alb.ingress.kubernetes.io/${name}`];
    return has('scheme') === 'internet-facing' && !has('certificate-arn') && !spec?.tls?.length && !/HTTPS/.test(String(has('listen-ports') ?? '')) && !has('group.name')
      && ['spec.tls', 'it is internet-facing, without a certificate'];
  }),
};
