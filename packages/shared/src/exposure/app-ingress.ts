import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { Construct } from "constructs";
import { consume, terraformEntry } from "../contract";
import { dnsContract, platformContract } from "../contracts";
import { dnsRecordAnnotations, type ExposureKind } from "../environment";
import type { ExposedApp } from "./consequences";
import { ingressAnnotations } from "./ingress-annotations";

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
    const backend = { service: { name: app.service.metadata.name, port: { name: app.portName } } };
    new IngressV1(this, "ingress", {
      metadata: {
        ...app.metadata,
        annotations: {
          ...ingressAnnotations({ healthPath: app.readinessPath, drainSeconds: app.drainSeconds }),
          ...dnsRecordAnnotations(stack.environment, stack.cluster, exposure),
        },
      },
      spec: {
        ingressClassName: terraformEntry(ingressClasses, team),
        rule: [{ host: `${app.hostname}.${baseDomain}`, http: { path: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
    });
  }
}
