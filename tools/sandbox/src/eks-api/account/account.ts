import { AutoScalingClient } from "@aws-sdk/client-auto-scaling";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { CREDENTIALS } from "../../variables";
import { ApiGateway } from "../../api-gateway/api-gateway";
import { AutoScalingGroups } from "./auto-scaling";
import { Identities } from "./identities";
import { Instances } from "./instances";
import { LaunchTemplates } from "./launch-templates";
import { LoadBalancers } from "./load-balancers";
import { LogGroups } from "./log-groups";
import { Network } from "./network";
import { RestApis } from "./rest-apis";
import { type LinkedService, signingAs } from "./service-linked";

/** What a class lets others do, whatever it is made of. */
type Public<Class> = Pick<Class, keyof Class>;

/**
 * The local AWS account: what EKS looks up there, and what it makes there by itself, as the roles that are linked to it. Who
 * somebody is, and where load balancers and REST APIs lead, it asks as the sandbox.
 */
export interface Account {
  readonly network: Public<Network>;
  readonly launchTemplates: Public<LaunchTemplates>;
  readonly autoScaling: Public<AutoScalingGroups>;
  readonly instances: Public<Instances>;
  readonly identities: Public<Identities>;
  readonly logGroups: Public<LogGroups>;
  readonly loadBalancers: Pick<LoadBalancers, "hostsOfTargetGroups">;
  readonly restApis: Pick<RestApis, "ways">;
}

/** @param endpoint URL of the local AWS, e.g. http://127.0.0.1:5000 */
export function openAccount(endpoint: string, region: string, accountId: string): Account {
  const as = (service: LinkedService) => ({ endpoint, region, credentials: signingAs(service) });
  const elb = new ElasticLoadBalancingV2Client({ endpoint, region, credentials: CREDENTIALS });
  const ec2 = new EC2Client(as("eks.amazonaws.com"));
  return {
    network: new Network(ec2),
    launchTemplates: new LaunchTemplates(new EC2Client(as("eks-nodegroup.amazonaws.com"))),
    autoScaling: new AutoScalingGroups(new AutoScalingClient(as("eks-nodegroup.amazonaws.com"))),
    instances: new Instances(ec2),
    identities: new Identities(endpoint, region, accountId),
    logGroups: new LogGroups(new CloudWatchLogsClient(as("eks.amazonaws.com"))),
    loadBalancers: new LoadBalancers(elb),
    restApis: new RestApis(new ApiGateway({ awsUrl: endpoint, region }), elb, region),
  };
}
