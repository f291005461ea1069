import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Construct } from "constructs";
import { consume } from "../../contract";
import { dnsContract } from "../../contracts";
import { clusterName, type Exposure } from "../../environment";
import { type ExposedApp, metadata, PORT_NAME } from "../workload";

/** TLS 1.2 and 1.3 only: what AWS recommends for an HTTPS listener (Elastic Load Balancing, "Security policies"). */
const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";

/**
 * The app's share of the one ALB of its cluster: an Ingress. The AWS Load Balancer Controller makes ALB, rule and target group
 * for it, and ExternalDNS the record of its host name; both take them away with it.
 *
 * The team's namespace has the controller add a readiness gate to each pod (`elbv2.k8s.aws/pod-readiness-gate-inject`), so
 * that a rollout waits for the ALB to find the new pod healthy.
 */
export class AlbIngress extends Construct {
  constructor(
    scope: Construct,
    { stack, workload, serviceName }: ExposedApp,
    exposure: Extract<Exposure, { kind: "alb-ingress" }>,
  ) {
    super(scope, exposure.kind);
    const { environment, cluster, platform } = stack;
    const { hostname, probes, drainSeconds } = workload.settings;
    const { baseDomain, certificateArn } = consume(stack, dnsContract);
    const annotations = {
      "group.name": clusterName(environment, cluster),
      scheme: exposure.scheme,
      "target-type": "ip",
      "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
      "ssl-redirect": "443",
      "ssl-policy": TLS_POLICY,
      "certificate-arn": certificateArn,
      "healthcheck-path": probes.readiness,
      "target-group-attributes": `deregistration_delay.timeout_seconds=${drainSeconds}`,
      "load-balancer-attributes": "routing.http.drop_invalid_header_fields.enabled=true",
    };
    const backend = { service: { name: serviceName, port: { name: PORT_NAME } } };
    new IngressV1(this, "ingress", {
      metadata: metadata(workload, prefixed("alb.ingress.kubernetes.io/", annotations)),
      spec: {
        ingressClassName: platform.ingressClass,
        rule: [{ host: `${hostname}.${baseDomain}`, http: { path: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    });
  }
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
}
