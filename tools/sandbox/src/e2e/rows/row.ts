import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { EC2Client } from "@aws-sdk/client-ec2";
import type { EKSClient } from "@aws-sdk/client-eks";
import type { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { Environment } from "@demarc/shared/environment";
import type { KubernetesClient } from "../../controllers/kubernetes/client";
import type { Servers } from "../../local-aws/servers";
import type { WebAcls } from "../../controllers/load-balancer/web-acls";

/** What is deployed, as AWS and Kubernetes tell it. */
export interface Live {
  readonly environment: Environment;
  readonly servers: Servers;
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly logs: CloudWatchLogsClient;
  readonly webAcls: WebAcls;
  /** The clusters by name, as a team sees them: it logs in to each once. */
  readonly clusters: (team: string) => Promise<ReadonlyMap<string, KubernetesClient>>;
}

/** A promise of the kind of system that an environment is. */
export interface Row {
  /** Such as S0.3. */
  readonly id: string;
  /** What is looked at. */
  readonly what: string;
  /** @returns what was seen @throws AssertionError where the promise does not hold */
  readonly look: (live: Live) => Promise<string>;
}
