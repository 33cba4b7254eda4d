import { nodeName } from '../cluster';
import { Rule } from '../rule';

/** `AWS::EKS::FargateProfile`: one node stands for the machines that its pods would get. */
export const fargateProfile: Rule = {
  refuse(properties, model) {
    model.cluster(properties.ClusterName);
    return undefined;
  },
  async created(thing, model) {
    await model.cluster(thing.properties.ClusterName).addNode(nodeName(thing.id, 0), { 'eks.amazonaws.com/compute-type': 'fargate' });
  },
  async deleted(thing, model) {
    await model.clusters.get(thing.properties.ClusterName)?.removeNode(nodeName(thing.id, 0));
  },
};
