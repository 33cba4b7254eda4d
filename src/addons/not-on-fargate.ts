/**
 * An affinity for the pods of a DaemonSet that tolerates everything, the taint of Fargate's nodes too: none of its pods can run on these, so
 * they would wait there for ever.
 */
export const NOT_ON_FARGATE = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'eks.amazonaws.com/compute-type', operator: 'NotIn', values: ['fargate'] }] }],
    },
  },
};
