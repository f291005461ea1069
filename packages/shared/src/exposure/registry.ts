import type { Exposure, ExposureKind } from "../environment";
import { albIngress } from "./alb-ingress";
import { apiGateway } from "./api-gateway";
import type { Consequences, OfKind } from "./consequences";
import { targetGroupBinding } from "./target-group-binding";
import { traefik } from "./traefik";

type Registry = { readonly [K in ExposureKind]: Consequences<K> };

/** Every kind of exposure, a file beside this one each. */
export const registry: Registry = {
  "alb-ingress": albIngress,
  "target-group-binding": targetGroupBinding,
  "api-gateway": apiGateway,
  traefik,
};

const exposureKinds = Object.keys(registry).filter((kind): kind is ExposureKind => kind in registry);

/** Kinds of exposure from which something follows. */
export function exposuresWith(holds: (consequences: Registry[ExposureKind]) => boolean): ExposureKind[] {
  return exposureKinds.filter((kind) => holds(registry[kind]));
}

/** What follows from each exposure of an environment. */
export function each<T>(
  exposures: readonly Exposure[],
  of: <K extends ExposureKind>(consequences: Consequences<K>, exposure: OfKind[K]) => T,
): T[] {
  const one = <K extends ExposureKind>(kind: K, exposure: OfKind[K]) => of(registry[kind], exposure);
  return exposures.map((exposure) => one(exposure.kind, exposure));
}
