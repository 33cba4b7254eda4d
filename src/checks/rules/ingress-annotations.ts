import { Check } from '../check';
import { inObjects } from '../find';
import { known, knownText, parseParts } from '../values';

const PREFIX = 'alb.ingress.kubernetes.io/';
const JSON_ANNOTATIONS = /^alb\.ingress\.kubernetes\.io\/(listen-ports$|actions\.|conditions\.|auth-idp-)/;

export const INGRESS_ANNOTATIONS: Check = {
  id: 'ingress-annotations',
  title: 'The load balancer controller understands the annotations',
  severity: 'error',
  fix: 'Write JSON where it takes JSON, and one of what excludes each other',
  reason: 'The controller refuses the whole Ingress, in an event that nobody reads.',
  link: 'https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/',
  find: platform => inObjects(platform, ['Ingress'], ({ manifest: { metadata } }) => {
    const of = (name: string) => knownText(metadata?.annotations?.[`${PREFIX}${name}`]);
    const json = Object.keys(metadata?.annotations ?? {}).filter(key => JSON_ANNOTATIONS.test(key))
      .find(key => known(metadata.annotations[key]) !== undefined && parseParts([metadata.annotations[key]]) === undefined);
    if (json !== undefined) {
      return [`metadata.annotations.${json}`, `"${metadata.annotations[json]}" is no JSON`];
    }
    const scheme = of('scheme');
    if (scheme !== undefined && !['internal', 'internet-facing'].includes(scheme)) {
      return ['metadata.annotations', `scheme is "${scheme}"`];
    }
    const target = of('target-type');
    if (target !== undefined && !['ip', 'instance'].includes(target)) {
      return ['metadata.annotations', `target-type is "${target}"`];
    }
    return of('ssl-redirect') !== undefined && of('listen-ports') !== undefined && !of('listen-ports')!.includes('HTTPS')
      && ['metadata.annotations', `ssl-redirect goes to ${of('ssl-redirect')}, and listen-ports has no HTTPS`];
  }),
};
