/** What is known of an EC2 instance type. */
export interface InstanceTypeFacts {
  readonly architecture: 'amd64' | 'arm64';
  /** Whether it is of the Nitro system, bare metal included: only those take address prefixes. */
  readonly isNitro: boolean;
  /** Where it is known. */
  readonly vcpus?: number;
  /** In GiB, where it is known. */
  readonly memory?: number;
  /** Network interfaces at most. */
  readonly interfaces: number;
  /** IPv4 addresses of one interface at most. */
  readonly addressesPerInterface: number;
}

/** The day on which the table was made from the limits that Amazon VPC CNI and Karpenter were generated with in August 2026. */
export const INSTANCE_TYPES_CHECKED_ON = '2026-11-21';

/** The facts of a type such as 'm7g.large'; undefined for one that is not in the table. */
export function instanceTypeFacts(type: string): InstanceTypeFacts | undefined {
  const [family, size] = type.split('.');
  const [, architecture, system, ...sizes] = new RegExp(`^${family.replace(/[^a-z0-9-]/g, '')} .*$`, 'm').exec(TABLE)?.[0].split(' ') ?? [];
  const facts = sizes.map(entry => entry.split('/')).find(([name]) => name === size);
  if (!facts) {
    return undefined;
  }
  const [vcpus, memory, interfaces, addressesPerInterface] = facts.slice(1).map(text => text === '' ? undefined : Number(text));
  return {
    architecture: architecture as InstanceTypeFacts['architecture'],
    isNitro: system === 'nitro',
    vcpus,
    memory,
    interfaces: interfaces!,
    addressesPerInterface: addressesPerInterface!,
  };
}

/** Pods that fit on a node with Amazon VPC CNI, as it assigns single addresses. */
export function maxPods({ interfaces, addressesPerInterface }: InstanceTypeFacts): number {
  return interfaces * (addressesPerInterface - 1) + 2;
}

/** Types that can be nodes. Family, architecture, system; then of each size vCPUs, GiB, interfaces and addresses of one. */
const TABLE = `
a1 arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 metal/16/32/8/30
c1 amd64 xen medium/2/1.7/2/6 xlarge/8/7/4/15
c3 amd64 xen large/2/3.75/3/10 xlarge/4/7.5/4/15 2xlarge/8/15/4/15 4xlarge/16/30/8/30 8xlarge/32/60/8/30
c4 amd64 xen large/2/3.75/3/10 xlarge/4/7.5/4/15 2xlarge/8/15/4/15 4xlarge/16/30/8/30 8xlarge/36/60/8/30
c5 amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 9xlarge/36/72/8/30 12xlarge/48/96/8/30 18xlarge/72/144/15/50 24xlarge/96/192/15/50 metal/96/192/15/50
c5a amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 metal///15/50
c5ad amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 metal///15/50
c5d amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 9xlarge/36/72/8/30 12xlarge/48/96/8/30 18xlarge/72/144/15/50 24xlarge/96/192/15/50 metal/96/192/15/50
c5n amd64 nitro large/2/5.25/3/10 xlarge/4/10.5/4/15 2xlarge/8/21/4/15 4xlarge/16/42/8/30 9xlarge/36/96/8/30 18xlarge/72/192/15/50 metal/72/192/15/50
c6a amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge/128/256/15/50 48xlarge/192/384/15/50 metal/192/384/15/50
c6g arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
c6gd arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
c6gn arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50
c6i amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge/128/256/15/50 metal/128/256/15/50
c6id amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge/128/256/15/50 metal/128/256/15/50
c6in amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge/128/256/8/50 metal/128/256/8/50
c7a amd64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge/128/256/15/50 48xlarge/192/384/15/50 metal-48xl/192/384/15/50
c7g arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
c7gd arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
c7gn arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
c7i amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 32xlarge///15/50 48xlarge/192/384/15/50 metal-24xl/96/192/15/50 metal-48xl/192/384/15/50
c7i-flex amd64 nitro large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50
c8a amd64 nitro medium/1/2/2/4 large/2/4/3/20 xlarge/4/8/4/20 2xlarge/8/16/4/40 4xlarge/16/32/8/40 8xlarge/32/64/10/40 12xlarge/48/96/12/64 16xlarge/64/128/16/64 24xlarge/96/192/16/64 48xlarge/192/384/24/64 metal-24xl/96/192/16/64 metal-48xl/192/384/24/64
c8g arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 48xlarge/192/384/15/50 metal-24xl/96/192/15/50 metal-48xl/192/384/15/50
c8gb arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/10/30 12xlarge/48/96/12/30 16xlarge/64/128/16/50 24xlarge/96/192/24/50 48xlarge/192/384/12/50 metal-24xl/96/192/24/50 metal-48xl/192/384/12/50
c8gd arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 12xlarge/48/96/8/30 16xlarge/64/128/15/50 24xlarge/96/192/15/50 48xlarge/192/384/15/50 metal-24xl/96/192/15/50 metal-48xl/192/384/15/50
c8gn arm64 nitro medium/1/2/2/4 large/2/4/3/10 xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/10/30 12xlarge/48/96/12/30 16xlarge/64/128/16/50 24xlarge/96/192/24/50 48xlarge/192/384/12/50 metal-24xl/96/192/24/50 metal-48xl/192/384/12/50
c8i amd64 nitro large/2/4/3/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/10/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/16/64 32xlarge/128/256/24/64 48xlarge/192/384/24/64 96xlarge/384/768/24/64 metal-48xl/192/384/24/64 metal-96xl/384/768/24/64
c8i-flex amd64 nitro large/2/4/3/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/10/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64
c8ib amd64 nitro large/2/4/4/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/8/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/16/64 32xlarge/128/256/16/64 48xlarge/192/384/24/64 96xlarge/384/768/12/64 metal-48xl/192/384/24/64 metal-96xl/384/768/12/64
c8id amd64 nitro large/2/4/3/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/10/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/16/64 32xlarge/128/256/24/64 48xlarge/192/384/24/64 96xlarge/384/768/24/64 metal-48xl/192/384/24/64 metal-96xl/384/768/24/64
c8in amd64 nitro large/2/4/4/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/8/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/16/64 32xlarge/128/256/16/64 48xlarge/192/384/24/64 96xlarge/384/768/12/64 metal-48xl/192/384/24/64 metal-96xl/384/768/12/64
c8ine amd64 nitro large/2/4/4/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/8/50 12xlarge/48/96/12/50
c9g arm64 nitro medium/1/2/2/20 large/2/4/3/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/10/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/24/64 48xlarge/192/384/24/64 metal-48xl/192/384/24/64
c9gd arm64 nitro medium/1/2/2/20 large/2/4/3/20 xlarge/4/8/4/30 2xlarge/8/16/4/30 4xlarge/16/32/8/50 8xlarge/32/64/10/50 12xlarge/48/96/12/50 16xlarge/64/128/16/64 24xlarge/96/192/24/64 48xlarge/192/384/24/64 metal-48xl/192/384/24/64
cr1 amd64 nitro 8xlarge///8/30
d2 amd64 xen xlarge/4/30.5/4/15 2xlarge/8/61/4/15 4xlarge/16/122/8/30 8xlarge/36/244/8/30
d3 amd64 nitro xlarge/4/32/4/3 2xlarge/8/64/4/5 4xlarge/16/128/4/10 8xlarge/32/256/3/20
d3en amd64 nitro xlarge/4/16/4/3 2xlarge/8/32/4/5 4xlarge/16/64/4/10 6xlarge/24/96/4/15 8xlarge/32/128/4/20 12xlarge/48/192/3/30
dl1 amd64 nitro 24xlarge///15/50
dl2q amd64 nitro 24xlarge/96/768/15/50
f1 amd64 xen 2xlarge///4/15 4xlarge///8/30 16xlarge///8/50
f2 amd64 nitro 6xlarge/24/256/8/30 12xlarge/48/512/8/30 48xlarge/192/2048/15/50
g4ad amd64 nitro xlarge/4/16/2/4 2xlarge/8/32/2/4 4xlarge/16/64/3/10 8xlarge/32/128/4/15 16xlarge/64/256/8/30
g4dn amd64 nitro xlarge/4/16/3/10 2xlarge/8/32/3/10 4xlarge/16/64/3/10 8xlarge/32/128/4/15 12xlarge/48/192/8/30 16xlarge/64/256/4/15 metal/96/384/15/50
g5 amd64 nitro xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/15/50 16xlarge/64/256/8/30 24xlarge/96/384/15/50 48xlarge/192/768/7/50
g5g arm64 nitro xlarge/4/8/4/15 2xlarge/8/16/4/15 4xlarge/16/32/8/30 8xlarge/32/64/8/30 16xlarge/64/128/15/50 metal/64/128/15/50
g6 amd64 nitro xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 48xlarge/192/768/15/50
g6e amd64 nitro xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/10/30 16xlarge/64/512/15/50 24xlarge/96/768/10/50 48xlarge/192/1536/10/50
g6f amd64 nitro large/2/8/2/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30
g7 amd64 nitro 2xlarge/8/32/4/64 4xlarge/16/64/8/64 8xlarge/32/128/10/64 12xlarge/48/192/12/64 24xlarge/96/384/24/64 48xlarge/192/768/12/64
g7e amd64 nitro 2xlarge/8/64/4/64 4xlarge/16/128/8/64 8xlarge/32/256/8/64 12xlarge/48/512/10/64 24xlarge/96/1024/10/64 48xlarge/192/2048/10/64
gr6 amd64 nitro 4xlarge/16/128/8/30 8xlarge/32/256/8/30
gr6f amd64 nitro 4xlarge/16/128/8/30
h1 amd64 xen 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 16xlarge/64/256/8/50
hpc6a amd64 nitro 48xlarge/96/384/2/50
hpc6id amd64 nitro 32xlarge/64/1024/1/50
hpc7a amd64 nitro 12xlarge/24/768/2/50 24xlarge/48/768/2/50 48xlarge/96/768/2/50 96xlarge/192/768/2/50
hpc7g arm64 nitro 4xlarge/16/128/4/50 8xlarge/32/128/4/50 16xlarge/64/128/4/50
hpc8a amd64 nitro 96xlarge/192/768/2/50
hs1 amd64 nitro 8xlarge///8/30
i2 amd64 xen xlarge/4/30.5/4/15 2xlarge/8/61/4/15 4xlarge/16/122/8/30 8xlarge/32/244/8/30
i3 amd64 xen large/2/15.25/3/10 xlarge/4/30.5/4/15 2xlarge/8/61/4/15 4xlarge/16/122/8/30 8xlarge/32/244/8/30 16xlarge/64/488/15/50
i3en amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 3xlarge/12/96/4/15 6xlarge/24/192/8/30 12xlarge/48/384/8/30 24xlarge/96/768/15/50 metal/96/768/15/50
i4g arm64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 16xlarge/64/512/15/50
i4i amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/30 32xlarge/128/1024/15/50 metal/128/1024/15/50
i7i amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
i7ie amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 3xlarge/12/96/4/15 6xlarge/24/192/8/30 12xlarge/48/384/8/50 18xlarge/72/576/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
i8g arm64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
i8ge arm64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 3xlarge/12/96/6/30 6xlarge/24/192/10/30 12xlarge/48/384/12/30 18xlarge/72/576/16/50 24xlarge/96/768/16/50 48xlarge/192/1536/24/50 metal-24xl/96/768/16/50 metal-48xl/192/1536/24/50
im4gn arm64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 16xlarge/64/256/15/50
inf1 amd64 nitro xlarge/4/8/4/10 2xlarge/8/16/4/10 6xlarge/24/48/8/30 24xlarge/96/192/11/30
inf2 amd64 nitro xlarge/4/16/4/15 8xlarge/32/128/8/30 24xlarge/96/384/15/50 48xlarge/192/768/15/50
is4gen arm64 nitro medium/1/6/2/4 large/2/12/3/10 xlarge/4/24/4/15 2xlarge/8/48/4/15 4xlarge/16/96/8/30 8xlarge/32/192/8/30
m1 amd64 xen small/1/1.7/2/4 medium/1/3.7/2/6 large/2/7.5/3/10 xlarge/4/15/4/15
m2 amd64 xen xlarge/2/17.1/4/15 2xlarge/4/34.2/4/30 4xlarge/8/68.4/8/30
m3 amd64 xen medium/1/3.75/2/6 large/2/7.5/3/10 xlarge/4/15/4/15 2xlarge/8/30/4/30
m4 amd64 xen large/2/8/2/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 10xlarge/40/160/8/30 16xlarge/64/256/8/30
m5 amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 metal/96/384/15/50
m5a amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50
m5ad amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50
m5d amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 metal/96/384/15/50
m5dn amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 metal/96/384/15/50
m5n amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 metal/96/384/15/50
m5zn amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 3xlarge/12/48/8/30 6xlarge/24/96/8/30 12xlarge/48/192/15/50 metal/48/192/15/50
m6a amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/15/50 48xlarge/192/768/15/50 metal/192/768/15/50
m6g arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 metal/64/256/15/50
m6gd arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 metal/64/256/15/50
m6i amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/15/50 metal/128/512/15/50
m6id amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/15/50 metal/128/512/15/50
m6idn amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/8/50 metal/128/512/8/50
m6in amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/8/50 metal/128/512/8/50
m7a amd64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 32xlarge/128/512/15/50 48xlarge/192/768/15/50 metal-48xl/192/768/15/50
m7g arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 metal/64/256/15/50
m7gd arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 metal/64/256/15/50
m7i amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 48xlarge/192/768/15/50 metal-24xl/96/384/15/50 metal-48xl/192/768/15/50
m7i-flex amd64 nitro large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50
m8a amd64 nitro medium/1/4/2/4 large/2/8/3/20 xlarge/4/16/4/20 2xlarge/8/32/4/40 4xlarge/16/64/8/40 8xlarge/32/128/10/40 12xlarge/48/192/12/64 16xlarge/64/256/16/64 24xlarge/96/384/16/64 48xlarge/192/768/24/64 metal-24xl/96/384/16/64 metal-48xl/192/768/24/64
m8azn amd64 nitro medium/1/4/3/4 large/2/8/4/20 xlarge/4/16/4/20 3xlarge/12/48/8/40 6xlarge/24/96/8/40 12xlarge/48/192/16/64 24xlarge/96/384/16/64 metal-12xl/48/192/16/64 metal-24xl/96/384/16/64
m8g arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 48xlarge/192/768/15/50 metal-24xl/96/384/15/50 metal-48xl/192/768/15/50
m8gb arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/10/30 12xlarge/48/192/12/30 16xlarge/64/256/16/50 24xlarge/96/384/24/50 48xlarge/192/768/12/50 metal-24xl/96/384/24/50 metal-48xl/192/768/12/50
m8gd arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/8/30 12xlarge/48/192/8/30 16xlarge/64/256/15/50 24xlarge/96/384/15/50 48xlarge/192/768/15/50 metal-24xl/96/384/15/50 metal-48xl/192/768/15/50
m8gn arm64 nitro medium/1/4/2/4 large/2/8/3/10 xlarge/4/16/4/15 2xlarge/8/32/4/15 4xlarge/16/64/8/30 8xlarge/32/128/10/30 12xlarge/48/192/12/30 16xlarge/64/256/16/50 24xlarge/96/384/24/50 48xlarge/192/768/12/50 metal-24xl/96/384/24/50 metal-48xl/192/768/12/50
m8i amd64 nitro large/2/8/3/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/10/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/24/64 48xlarge/192/768/24/64 96xlarge/384/1536/24/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/24/64
m8i-flex amd64 nitro large/2/8/3/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/10/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64
m8ib amd64 nitro large/2/8/4/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/8/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/16/64 48xlarge/192/768/24/64 96xlarge/384/1536/12/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/12/64
m8id amd64 nitro large/2/8/3/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/10/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/24/64 48xlarge/192/768/24/64 96xlarge/384/1536/24/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/24/64
m8idb amd64 nitro large/2/8/4/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/8/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/16/64 48xlarge/192/768/24/64 96xlarge/384/1536/12/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/12/64
m8idn amd64 nitro large/2/8/4/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/8/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/16/64 48xlarge/192/768/24/64 96xlarge/384/1536/12/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/12/64
m8in amd64 nitro large/2/8/4/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/8/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/16/64 32xlarge/128/512/16/64 48xlarge/192/768/24/64 96xlarge/384/1536/12/64 metal-48xl/192/768/24/64 metal-96xl/384/1536/12/64
m8ine amd64 nitro large/2/8/4/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/8/50 12xlarge/48/192/12/50
m9g arm64 nitro medium/1/4/2/20 large/2/8/3/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/10/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/24/64 48xlarge/192/768/24/64 metal-48xl/192/768/24/64
m9gd arm64 nitro medium/1/4/2/20 large/2/8/3/20 xlarge/4/16/4/30 2xlarge/8/32/4/30 4xlarge/16/64/8/50 8xlarge/32/128/10/50 12xlarge/48/192/12/50 16xlarge/64/256/16/64 24xlarge/96/384/24/64 48xlarge/192/768/24/64 metal-48xl/192/768/24/64
p3 amd64 xen 2xlarge///4/15 8xlarge///8/30 16xlarge///8/30
p3dn amd64 nitro 24xlarge/96/768/15/50
p4d amd64 nitro 24xlarge/96/1152/15/50
p4de amd64 nitro 24xlarge/96/1152/15/50
p5 amd64 nitro 4xlarge/16/256/4/30 48xlarge/192/2048/2/50
p5e amd64 nitro 48xlarge/192/2048/2/50
p5en amd64 nitro 48xlarge/192/2048/4/50
p6-b200 amd64 nitro 48xlarge/192/2048/4/50
p6-b300 amd64 nitro 48xlarge/192/4096/4/50
r3 amd64 xen large/2/15/3/10 xlarge/4/30.5/4/15 2xlarge/8/61/4/15 4xlarge/16/122/8/30 8xlarge/32/244/8/30
r4 amd64 xen large/2/15.25/3/10 xlarge/4/30.5/4/15 2xlarge/8/61/4/15 4xlarge/16/122/8/30 8xlarge/32/244/8/30 16xlarge/64/488/15/50
r5 amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 metal/96/768/15/50
r5a amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50
r5ad amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50
r5b amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 metal/96/768/15/50
r5d amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 metal/96/768/15/50
r5dn amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 metal/96/768/15/50
r5n amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 metal/96/768/15/50
r6a amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/15/50 48xlarge/192/1536/15/50 metal/192/1536/15/50
r6g arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 metal/64/512/15/50
r6gd arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 metal/64/512/15/50
r6i amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/15/50 metal/128/1024/15/50
r6id amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/15/50 metal/128/1024/15/50
r6idn amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/8/50 metal/128/1024/8/50
r6in amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/8/50 metal/128/1024/8/50
r7a amd64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 32xlarge/128/1024/15/50 48xlarge/192/1536/15/50 metal-48xl/192/1536/15/50
r7g arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 metal/64/512/15/50
r7gd arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 metal/64/512/15/50
r7i amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
r7iz amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 32xlarge/128/1024/15/50 metal-16xl/64/512/15/50 metal-32xl/128/1024/15/50
r8a amd64 nitro medium/1/8/2/4 large/2/16/3/20 xlarge/4/32/4/20 2xlarge/8/64/4/40 4xlarge/16/128/8/40 8xlarge/32/256/10/40 12xlarge/48/384/12/64 16xlarge/64/512/16/64 24xlarge/96/768/16/64 48xlarge/192/1536/24/64 metal-24xl/96/768/16/64 metal-48xl/192/1536/24/64
r8g arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
r8gb arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/10/30 12xlarge/48/384/12/30 16xlarge/64/512/16/50 24xlarge/96/768/24/50 48xlarge/192/1536/12/50 metal-24xl/96/768/24/50 metal-48xl/192/1536/12/50
r8gd arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/8/30 12xlarge/48/384/8/30 16xlarge/64/512/15/50 24xlarge/96/768/15/50 48xlarge/192/1536/15/50 metal-24xl/96/768/15/50 metal-48xl/192/1536/15/50
r8gn arm64 nitro medium/1/8/2/4 large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 4xlarge/16/128/8/30 8xlarge/32/256/10/30 12xlarge/48/384/12/30 16xlarge/64/512/16/50 24xlarge/96/768/24/50 48xlarge/192/1536/12/50 metal-24xl/96/768/24/50 metal-48xl/192/1536/12/50
r8i amd64 nitro large/2/16/3/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/10/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/24/64 48xlarge/192/1536/24/64 96xlarge/384/3072/24/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/24/64
r8i-flex amd64 nitro large/2/16/3/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/10/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64
r8ib amd64 nitro large/2/16/4/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/8/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/16/64 48xlarge/192/1536/24/64 96xlarge/384/3072/12/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/12/64
r8id amd64 nitro large/2/16/3/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/10/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/24/64 48xlarge/192/1536/24/64 96xlarge/384/3072/24/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/24/64
r8idb amd64 nitro large/2/16/4/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/8/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/16/64 48xlarge/192/1536/24/64 96xlarge/384/3072/12/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/12/64
r8idn amd64 nitro large/2/16/4/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/8/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/16/64 48xlarge/192/1536/24/64 96xlarge/384/3072/12/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/12/64
r8in amd64 nitro large/2/16/4/20 xlarge/4/32/4/30 2xlarge/8/64/4/30 4xlarge/16/128/8/50 8xlarge/32/256/8/50 12xlarge/48/384/12/50 16xlarge/64/512/16/64 24xlarge/96/768/16/64 32xlarge/128/1024/16/64 48xlarge/192/1536/24/64 96xlarge/384/3072/12/64 metal-48xl/192/1536/24/64 metal-96xl/384/3072/12/64
t1 amd64 xen micro/1/0.61/2/2
t2 amd64 xen nano/1/0.5/2/2 micro/1/1/2/2 small/1/2/3/4 medium/2/4/3/6 large/2/8/3/12 xlarge/4/16/3/15 2xlarge/8/32/3/15
t3 amd64 nitro nano/2/0.5/2/2 micro/2/1/2/2 small/2/2/3/4 medium/2/4/3/6 large/2/8/3/12 xlarge/4/16/4/15 2xlarge/8/32/4/15
t3a amd64 nitro nano/2/0.5/2/2 micro/2/1/2/2 small/2/2/2/4 medium/2/4/3/6 large/2/8/3/12 xlarge/4/16/4/15 2xlarge/8/32/4/15
t4g arm64 nitro nano/2/0.5/2/2 micro/2/1/2/2 small/2/2/3/4 medium/2/4/3/6 large/2/8/3/12 xlarge/4/16/4/15 2xlarge/8/32/4/15
trn1 amd64 nitro 2xlarge/8/32/4/15 32xlarge/128/512/5/50
trn1n amd64 nitro 32xlarge/128/512/5/50
trn2 amd64 nitro 3xlarge///2/15 48xlarge/192/2048/2/50
u-12tb1 amd64 nitro metal///5/30
u-18tb1 amd64 nitro metal///15/50
u-24tb1 amd64 nitro metal///15/50
u-3tb1 amd64 nitro 56xlarge/224/3072/8/30
u-6tb1 amd64 nitro 56xlarge/224/6144/15/50 112xlarge/448/6144/15/50 metal///5/30
u-9tb1 amd64 nitro metal///5/30
u7i-12tb amd64 nitro 224xlarge/896/12288/15/50
u7i-6tb amd64 nitro 112xlarge/448/6144/15/50
u7i-8tb amd64 nitro 112xlarge/448/8192/15/50
u7in-16tb amd64 nitro 224xlarge/896/16384/8/50
u7in-24tb amd64 nitro 224xlarge/896/24576/8/50
u7in-32tb amd64 nitro 224xlarge/896/32768/8/50
vt1 amd64 nitro 3xlarge/12/24/4/15 6xlarge/24/48/8/30 24xlarge/96/192/15/50
x1 amd64 xen 16xlarge/64/976/8/30 32xlarge/128/1952/8/30
x1e amd64 xen xlarge/4/122/3/10 2xlarge/8/244/4/15 4xlarge/16/488/4/15 8xlarge/32/976/4/15 16xlarge/64/1952/8/30 32xlarge/128/3904/8/30
x2gd arm64 nitro medium/1/16/2/4 large/2/32/3/10 xlarge/4/64/4/15 2xlarge/8/128/4/15 4xlarge/16/256/8/30 8xlarge/32/512/8/30 12xlarge/48/768/8/30 16xlarge/64/1024/15/50 metal/64/1024/15/50
x2idn amd64 nitro 16xlarge/64/1024/15/50 24xlarge/96/1536/15/50 32xlarge/128/2048/15/50 metal/128/2048/15/50
x2iedn amd64 nitro xlarge/4/128/4/15 2xlarge/8/256/4/15 4xlarge/16/512/8/30 8xlarge/32/1024/8/30 16xlarge/64/2048/15/50 24xlarge/96/3072/15/50 32xlarge/128/4096/15/50 metal/128/4096/15/50
x2iezn amd64 nitro 2xlarge/8/256/4/15 4xlarge/16/512/8/30 6xlarge/24/768/8/30 8xlarge/32/1024/8/30 12xlarge/48/1536/15/50 metal/48/1536/15/50
x8aedz amd64 nitro large/2/64/4/20 xlarge/4/128/4/20 3xlarge/12/384/8/40 6xlarge/24/768/8/40 12xlarge/48/1536/16/64 24xlarge/96/3072/16/64 metal-12xl/48/1536/16/64 metal-24xl/96/3072/16/64
x8g arm64 nitro medium/1/16/2/4 large/2/32/3/10 xlarge/4/64/4/15 2xlarge/8/128/4/15 4xlarge/16/256/8/30 8xlarge/32/512/8/30 12xlarge/48/768/8/30 16xlarge/64/1024/15/50 24xlarge/96/1536/15/50 48xlarge/192/3072/15/50 metal-24xl/96/1536/15/50 metal-48xl/192/3072/15/50
x8i amd64 nitro large/2/32/3/20 xlarge/4/64/4/30 2xlarge/8/128/4/30 4xlarge/16/256/8/50 8xlarge/32/512/10/50 12xlarge/48/768/12/50 16xlarge/64/1024/16/64 24xlarge/96/1536/16/64 32xlarge/128/2048/24/64 48xlarge/192/3072/24/64 64xlarge/256/4096/24/64 96xlarge/384/6144/24/64 metal-48xl/192/3072/24/64 metal-96xl/384/6144/24/64
z1d amd64 nitro large/2/16/3/10 xlarge/4/32/4/15 2xlarge/8/64/4/15 3xlarge/12/96/8/30 6xlarge/24/192/8/30 12xlarge/48/384/15/50 metal/48/384/15/50
`;
