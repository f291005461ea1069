import { IngressV1 } from "@cdktf/provider-kubernetes/lib/ingress-v1";
import { consume, type ConsumedValues } from "@demarc/shared/contract";
import { dnsContract, type networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { frontOf, ingressAnnotations } from "@demarc/shared/exposure";
import { Objects } from "@demarc/shared/kubernetes";
import { KubernetesStack } from "@demarc/shared/stack";
import { Construct } from "constructs";
import { traefik } from "../addons/traefik";
import { routerClassOf } from "../ingress";
import { DRAIN, ROUTER_PORTS } from "../router";
import { albClass } from "./alb-class";
import { platformMetadata } from "./platform-metadata";

export interface RouterFrontProps {
  readonly environment: Environment;
  /** ARN of the certificate of all host names. */
  readonly certificateArn: string;
  readonly network: ConsumedValues<typeof networkContract>;
}

/**
 * The one load balancer of all apps, before the cluster's router: an Ingress for every host name below the environment's domain. The
 * load balancer controller makes the ALB of it, and ExternalDNS one wildcard record. An exact record of another exposure wins over that.
 */
export class RouterFront extends Construct {
  constructor(scope: KubernetesStack, id: string, { environment, certificateArn, network }: RouterFrontProps) {
    super(scope, id);
    const front = frontOf(environment, scope.cluster);
    if (front === undefined) return;
    const { namespace, scheme, record } = front;
    const name = routerClassOf(front);
    const namespaceLabels = { "kubernetes.io/metadata.name": namespace };
    const ingressClass = new Objects(this, "class", {
      name: "router-class",
      namespace: "kube-system",
      objects: albClass({ name, namespaceLabels, scheme, certificateArn, network }),
    });
    const { baseDomain } = consume(scope, dnsContract);
    const backend = { service: { name: traefik.name, port: { number: 80 } } };
    new IngressV1(this, "ingress", {
      metadata: { ...platformMetadata(namespace, namespace), annotations: { ...annotations, ...record } },
      spec: {
        ingressClassName: name,
        rule: [{ host: `*.${baseDomain}`, http: { path: [{ path: "/", pathType: "Prefix", backend }] } }],
      },
      dependsOn: [ingressClass.release],
    });
  }
}

const annotations = ingressAnnotations({
  healthPath: "/ping",
  drainSeconds: DRAIN.deregistration,
  more: {
    // By number: the controller takes no named health port where the Service's target port has a name.
    "healthcheck-port": String(ROUTER_PORTS.health),
    "success-codes": "200",
  },
});
