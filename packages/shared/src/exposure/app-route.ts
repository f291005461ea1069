import { Construct } from "constructs";
import { consume } from "../contract";
import { dnsContract } from "../contracts";
import type { ExposureKind } from "../environment";
import { type NamespacedKind, Objects } from "../kubernetes";
import type { ExposedApp } from "./consequences";

/**
 * The app's share of Traefik: a route from its host name to its Service. Load balancer, certificate, TLS and record are all apps' and the
 * platform's. Traefik sends to the pods' own addresses, and to those that are ready alone.
 */
export class AppRoute extends Construct {
  constructor(scope: Construct, exposure: ExposureKind, { stack, metadata, hostname, service, portName }: ExposedApp) {
    super(scope, exposure);
    const { baseDomain } = consume(stack, dnsContract);
    const { name, namespace, labels } = metadata;
    new Objects(this, "route", {
      // No app has two dashes in a row in its name, so this is no release of another one.
      name: `${name}--${exposure}`,
      namespace,
      objects: [
        {
          apiVersion: `${INGRESS_ROUTE.group}/${INGRESS_ROUTE.version}`,
          kind: INGRESS_ROUTE.kind,
          metadata: { name, labels },
          spec: {
            entryPoints: [ENTRY_POINT],
            routes: [
              { kind: "Rule", match: `Host(\`${hostname}.${baseDomain}\`)`, services: [{ name, port: portName }] },
            ],
          },
        },
      ],
      dependsOn: [service],
    });
  }
}

/** Where the load balancer sends to. Traefik's others are for itself. */
export const ENTRY_POINT = "web";

/** A trap: `traefik.containo.us` is no longer served. */
export const INGRESS_ROUTE: NamespacedKind = {
  group: "traefik.io",
  version: "v1alpha1",
  kind: "IngressRoute",
  plural: "ingressroutes",
};
