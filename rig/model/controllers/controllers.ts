import { AwsModel } from '../aws-model';
import { Cluster } from '../cluster';
import { awsLoadBalancerController } from './aws-load-balancer-controller';
import { ebsCsiDriver } from './ebs-csi-driver';
import { karpenter } from './karpenter';

/** Looks at a cluster once and does what its controller would do. */
export type Controller = (cluster: Cluster, model: AwsModel) => Promise<void>;

const CONTROLLERS: Controller[] = [awsLoadBalancerController, ebsCsiDriver, karpenter];
const PERIOD = 300;

/** What runs in a cluster and makes things in the account. Each works only while its pods are there. */
export class Controllers {
  static start(cluster: Cluster, model: AwsModel, log: (line: string) => void): Controllers {
    return new Controllers(cluster, model, log);
  }

  private stopped = false;
  private running: Promise<void>;

  private constructor(cluster: Cluster, model: AwsModel, log: (line: string) => void) {
    const run = async () => {
      for (const controller of CONTROLLERS) {
        if (this.stopped) { return; }
        await controller(cluster, model).catch(e => log(`${controller.name}: ${e.message}`));
      }
      if (!this.stopped) { setTimeout(() => { this.running = run(); }, PERIOD).unref(); }
    };
    this.running = run();
  }

  /** Comes to the end of what it does just now. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }
}
