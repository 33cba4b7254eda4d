import { text } from '../addons/fixtures';

/** What nodeadm knows. @see https://awslabs.github.io/amazon-eks-ami/nodeadm/doc/api/ */
export interface NodeConfig {
  readonly apiVersion: 'node.eks.aws/v1alpha1';
  readonly kind: 'NodeConfig';
  readonly spec: {
    readonly cluster: { readonly name: string; readonly apiServerEndpoint: string; readonly certificateAuthority: string; readonly cidr: string };
    readonly kubelet?: { readonly config?: Record<string, unknown>; readonly flags?: string[] };
  };
}

/** The parts of a launch template's MIME user data, cut as a mail program would. */
export function parts(launchTemplateData: any): { readonly type: string; readonly body: string }[] {
  const message: string = text(launchTemplateData.UserData['Fn::Base64']);
  const [, boundary] = /^MIME-Version: 1\.0\nContent-Type: multipart\/mixed; boundary="(.+?)"\n\n/.exec(message)!;
  const [, ...rest] = `\n${message}`.split(`\n--${boundary}`);
  expect(rest.pop()).toBe('--\n');
  return rest.map(part => {
    const [head, ...body] = part.replace(/^\n/, '').split('\n\n');
    return { type: /^Content-Type: ([^;\n]+)/.exec(head)![1], body: body.join('\n\n') };
  });
}

/** The only NodeConfig in the user data, refused where nodeadm would: what it does not know, and what it must have. */
export function nodeConfig(launchTemplateData: any): NodeConfig {
  const [config, ...others] = parts(launchTemplateData).filter(({ type }) => type === 'application/node.eks.aws').map(({ body }) => JSON.parse(body));
  expect(others).toEqual([]);
  known(config, ['apiVersion', 'kind', 'spec']);
  expect(config).toMatchObject({ apiVersion: 'node.eks.aws/v1alpha1', kind: 'NodeConfig' });
  known(config.spec, ['cluster', 'kubelet']);
  known(config.spec.cluster, ['name', 'apiServerEndpoint', 'certificateAuthority', 'cidr']);
  for (const key of ['name', 'apiServerEndpoint', 'certificateAuthority', 'cidr']) {
    expect([key, config.spec.cluster[key]]).toEqual([key, expect.stringMatching(/./)]);
  }
  known(config.spec.kubelet ?? {}, ['config', 'flags']);
  for (const flag of config.spec.kubelet?.flags ?? []) {
    expect(flag).toMatch(/^--[a-z-]+=./);
  }
  return config;
}

function known(object: object, keys: string[]) {
  expect(Object.keys(object).filter(key => !keys.includes(key))).toEqual([]);
}
