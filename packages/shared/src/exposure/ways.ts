import type { Exposure } from "../environment";
import type { NamespacedKind } from "../kubernetes";
import { appKindsWith } from "./kinds";
import { each, exposuresWith } from "./registry";
import { hasRestApis } from "./rest-api/apps";
import { mostServiceLoadBalancers } from "./tenancy";

/** A way to reach apps that some exposures have, and that rights of whoever makes the apps hang on. */
export interface Way {
  /** Those exposures, for people. */
  readonly exposures: string;
  /** Whether one of these has it. */
  readonly isOf: (exposures: readonly Exposure[]) => boolean;
}

/** By REST APIs of the apps' own. */
export const BY_REST_APIS: Way = {
  exposures: exposuresWith(({ restApi = false }) => restApi).join(" or "),
  isOf: hasRestApis,
};

/** By network load balancers that Services of the apps' ask for: not where infra owns the load balancer. */
export const BY_SERVICES: Way = {
  exposures: namesOf([{ kind: "api-gateway", loadBalancer: "service" }]),
  isOf: (exposures) => mostServiceLoadBalancers(exposures) > 0,
};

/** By objects of a kind of apps. One that every app may have is there with any exposure. */
export function byObjects(own: NamespacedKind): Way {
  return {
    exposures: exposuresWith(({ kinds }) => kinds.some((kind) => kind === own)).join(" or "),
    isOf: (exposures) => appKindsWith(exposures).includes(own),
  };
}

/** What exposures are called, for people. */
export function namesOf(exposures: readonly Exposure[]): string {
  return each(exposures, ({ named }, exposure) => named?.(exposure) ?? exposure.kind).join(" and ");
}
