import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { ingressScheme, type Scheme } from "@demarc/shared/exposure";
import { type KubernetesObject, Objects } from "@demarc/shared/kubernetes";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { ingressClassOf } from "../ingress";
import { TEAM_LABEL } from "../team-label";
import { albClass } from "./alb-class";
import { loadBalancerOf } from "./load-balancers";
import type { TenancySettings } from "./settings";

export interface IngressClassesProps {
  readonly environment: Environment;
  readonly cluster: ClusterReference;
  readonly settings: TenancySettings;
  /** ARN of the certificate of all host names. */
  readonly certificateArn: string;
  /** ARN of the web ACL in front of every load balancer. Undefined: none. */
  readonly webAclArn: string | undefined;
  readonly network: ConsumedValues<typeof networkContract>;
}

/**
 * An ingress class for each team, for its namespace alone, with the platform's part of every Ingress: an app's annotation cannot
 * override what stands here. The controller makes the load balancer with the first Ingress. Teams that share one have classes of
 * their own all the same, of one group: what they share can change without a deploy of theirs.
 */
export class IngressClasses extends Construct {
  constructor(scope: Construct, id: string, props: IngressClassesProps) {
    super(scope, id);
    const scheme = ingressScheme(props.environment.exposures);
    if (scheme === undefined) return;
    new Objects(this, "classes", {
      name: "ingress-classes",
      namespace: "kube-system",
      objects: Object.keys(props.environment.teams).flatMap((team) => classOf(team, scheme, props)),
    });
  }
}

function classOf(
  team: string,
  scheme: Scheme,
  { cluster, settings, certificateArn, webAclArn, network }: IngressClassesProps,
): KubernetesObject[] {
  return albClass({
    name: ingressClassOf(team),
    namespaceLabels: { [TEAM_LABEL]: team },
    group: `${cluster.name}-${loadBalancerOf(settings, team)}`,
    scheme,
    certificateArn,
    webAclArn,
    network,
  });
}
