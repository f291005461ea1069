import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { signingAs } from "../../eks-api/account/service-linked";
import type { EksClusterRole } from "../eks-cluster-role";
import type { Aws } from "./aws";
import { WebAcls } from "./web-acls";

/**
 * What Auto Mode does as EKS's service-linked role: AmazonEKSServiceRolePolicy has it, and AmazonEKSLoadBalancingPolicy, which is
 * for the cluster's role, lacks it.
 */
const BY_EKS = /^(Describe(?!(SecurityGroups|Subnets|TargetGroups)Command)|Delete|DeregisterTargets)/;

/** Clients of the cluster's role, which hand what EKS does by itself to clients of its own. */
export function autoModeClients({ client }: EksClusterRole): Pick<Aws, "ec2" | "elb" | "webAcls"> {
  const eks = { ...client, credentials: signingAs("eks.amazonaws.com") };
  return {
    ec2: divided(new EC2Client(client), new EC2Client(eks)),
    elb: divided(new ElasticLoadBalancingV2Client(client), new ElasticLoadBalancingV2Client(eks)),
    webAcls: new WebAcls(client),
  };
}

/** The first client, with what EKS does by itself sent by the second. */
function divided<Client extends { send: (...command: never[]) => unknown }>(cluster: Client, eks: Client): Client {
  const send = cluster.send.bind(cluster);
  return Object.assign(cluster, {
    send: (...asked: never[]) => {
      const [command]: readonly unknown[] = asked;
      const name = command instanceof Object ? command.constructor.name : "";
      return BY_EKS.test(name) ? eks.send(...asked) : send(...asked);
    },
  });
}
