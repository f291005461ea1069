import { INGRESS_ROUTE } from "@demarc/shared/exposure";
import { apiVersion } from "@demarc/shared/kubernetes";
import type { KubernetesObject, ResourceKind } from "../controllers/kubernetes/object";

/** A route of Traefik's, as far as it is read. */
export interface IngressRoute extends KubernetesObject {
  readonly spec: {
    readonly routes?: readonly {
      readonly match: string;
      readonly services?: readonly { readonly name: string; readonly port?: number | string }[];
    }[];
  };
}

export const ingressRoutes: ResourceKind<IngressRoute> = {
  apiVersion: apiVersion(INGRESS_ROUTE),
  kind: INGRESS_ROUTE.kind,
  plural: INGRESS_ROUTE.plural,
  namespaced: true,
};

/** Host names that a route takes. */
export function hostsOfMatch(match: string): string[] {
  return [...match.matchAll(/Host\(`([^`]+)`\)/g)].flatMap(([, host]) => host ?? []);
}
