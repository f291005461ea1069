import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { consume } from "../contract";
import { dnsContract, platformContract } from "../contracts";
import { dnsRecordAnnotations, type ExposureKind } from "../environment";
import type { ExposedApp } from "./consequences";

/**
 * The app's share of its team's ALB: an Ingress. The AWS Load Balancer Controller makes ALB, rule and target group
 * for it, and ExternalDNS the record of its host name; both take them away with it. What the team's apps share (scheme, group,
 * certificate, TLS policy) stands in the ingress class, which is k8s-platform's; its admission policy refuses it here.
 *
 * The team's namespace has the controller add a readiness gate to each pod (`elbv2.k8s.aws/pod-readiness-gate-inject`), so
 * that a rollout waits for the ALB to find the new pod healthy.
 */
export class AppIngress extends Construct {
  constructor(scope: Construct, exposure: ExposureKind, { stack, team, ...app }: ExposedApp) {
    super(scope, exposure);
    const { baseDomain } = consume(stack, dnsContract);
    const { ingressClasses } = consume(stack, platformContract);
    const annotations = {
      "target-type": "ip",
      "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
      "ssl-redirect": "443",
      "healthcheck-path": app.readinessPath,
      "target-group-attributes": `deregistration_delay.timeout_seconds=${app.drainSeconds}`,
    };
    const backend = { service: { name: app.service.metadata.name, port: { name: app.portName } } };
    new IngressV1(this, "ingress", {
      metadata: {
        ...app.metadata,
        annotations: {
          ...prefixed("alb.ingress.kubernetes.io/", annotations),
          ...dnsRecordAnnotations(stack.environment, stack.cluster, exposure),
        },
      },
      spec: {
        ingressClassName: Token.asString(Fn.lookup(ingressClasses, team)),
        rule: [{ host: `${app.hostname}.${baseDomain}`, http: { path: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    });
  }
}

function prefixed(prefix: string, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [prefix + key, value]));
}
