import type { ConsumedValues } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { TLS_POLICY } from "@demarc/shared/environment";
import { loadBalancerSubnets, type Scheme } from "@demarc/shared/exposure";
import type { JsonObject } from "@demarc/shared/json";
import { type KubernetesObject, listEntries } from "@demarc/shared/kubernetes";

export interface AlbClass {
  readonly name: string;
  /** Labels of the namespaces whose Ingresses may name it. */
  readonly namespaceLabels: Readonly<Record<string, string>>;
  /** Group of Ingresses that share a load balancer. @default each Ingress has its own */
  readonly group?: string;
  readonly scheme: Scheme;
  /** ARN of the certificate of all host names. */
  readonly certificateArn: string;
  /** ARN of the web ACL in front of its load balancers. @default none */
  readonly webAclArn?: string | undefined;
  readonly network: ConsumedValues<typeof networkContract>;
}

const ATTRIBUTES = [
  // Header names that no standard allows are what request smuggling is made of.
  { key: "routing.http.drop_invalid_header_fields.enabled", value: "true" },
  // Nobody else deletes it by a slip. The controller itself switches it off when the last Ingress goes (decisions/0033).
  { key: "deletion_protection.enabled", value: "true" },
];

/** An ingress class of the load balancer controller's, with the platform's part of every Ingress: annotations cannot override it. */
export function albClass({
  name,
  namespaceLabels,
  group,
  scheme,
  certificateArn,
  webAclArn,
  network,
}: AlbClass): KubernetesObject[] {
  const metadata = { name };
  const [apiGroup, kind] = ["elbv2.k8s.aws", "IngressClassParams"];
  const ofGroup: JsonObject = group === undefined ? {} : { group: { name: group } };
  return [
    {
      apiVersion: `${apiGroup}/v1beta1`,
      kind,
      metadata,
      spec: {
        namespaceSelector: { matchLabels: namespaceLabels },
        ...ofGroup,
        scheme,
        // Found by their tags, a load balancer would stay for good in those that it was made in.
        subnets: { ids: [listEntries(loadBalancerSubnets(scheme, network).ids)] },
        targetType: "ip",
        certificateArn: [certificateArn],
        sslPolicy: TLS_POLICY,
        sslRedirectPort: "443",
        ...(webAclArn === undefined ? {} : { wafv2AclArn: webAclArn }),
        loadBalancerAttributes: ATTRIBUTES,
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "IngressClass",
      metadata,
      spec: { controller: "ingress.k8s.aws/alb", parameters: { apiGroup, kind, name } },
    },
  ];
}
