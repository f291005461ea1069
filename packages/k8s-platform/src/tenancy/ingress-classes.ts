import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { type Environment, TLS_POLICY } from "@demarc/shared/environment";
import { ingressScheme, loadBalancerSubnets, type Scheme } from "@demarc/shared/exposure";
import { type KubernetesObject, listEntries, Objects } from "@demarc/shared/kubernetes";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { ingressClassOf } from "../ingress";
import { TEAM_LABEL } from "../team-label";
import { loadBalancerOf } from "./load-balancers";
import type { TenancySettings } from "./settings";

export interface IngressClassesProps {
  readonly environment: Environment;
  readonly cluster: ClusterReference;
  readonly settings: TenancySettings;
  /** ARN of the certificate of all host names. */
  readonly certificateArn: string;
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
  { cluster, settings, certificateArn, network }: IngressClassesProps,
): KubernetesObject[] {
  const metadata = { name: ingressClassOf(team) };
  const [apiGroup, kind] = ["elbv2.k8s.aws", "IngressClassParams"];
  return [
    {
      apiVersion: `${apiGroup}/v1beta1`,
      kind,
      metadata,
      spec: {
        namespaceSelector: { matchLabels: { [TEAM_LABEL]: team } },
        group: { name: `${cluster.name}-${loadBalancerOf(settings, team)}` },
        scheme,
        // Found by their tags, a load balancer would stay for good in those that it was made in.
        subnets: { ids: [listEntries(loadBalancerSubnets(scheme, network).ids)] },
        targetType: "ip",
        certificateArn: [certificateArn],
        sslPolicy: TLS_POLICY,
        sslRedirectPort: "443",
        // Header names that no standard allows are what request smuggling is made of.
        loadBalancerAttributes: [{ key: "routing.http.drop_invalid_header_fields.enabled", value: "true" }],
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata,
      spec: { controller: "ingress.k8s.aws/alb", parameters: { apiGroup, kind, name: metadata.name } },
    },
  ];
}
