import { World } from '../world';
import { tagsOf } from './ec2';
import { Actions } from './query';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';

/** As much of Elastic Load Balancing as a sweep needs; here the id of a thing is its ARN. */
export function elasticLoadBalancing(world: World): Actions {
  const remove = (type: string, id: string) => {
    world.remove({ type, id });
    return {};
  };
  return {
    DescribeLoadBalancers: () => ({ LoadBalancers: { member: world.ofType(BALANCER).map(({ id }) => ({ LoadBalancerArn: id })) } }),
    DescribeTargetGroups: () => ({ TargetGroups: { member: world.ofType(TARGET_GROUP).map(({ id }) => ({ TargetGroupArn: id })) } }),
    DescribeTags: query => ({
      TagDescriptions: {
        member: query.list('ResourceArns.member').map(arn => {
          const thing = world.get(BALANCER, arn) ?? world.get(TARGET_GROUP, arn);
          return { ResourceArn: arn, Tags: { member: thing ? tagsOf(thing) : [] } };
        }),
      },
    }),
    DeleteLoadBalancer: query => remove(BALANCER, query.get('LoadBalancerArn')),
    DeleteTargetGroup: query => remove(TARGET_GROUP, query.get('TargetGroupArn')),
  };
}
