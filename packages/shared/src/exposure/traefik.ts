import { NO_INGRESS_ON_AUTO_MODE } from "./auto-mode";
import type { Consequences } from "./consequences";
import { ingressPermissions } from "./ingress-permissions";

/**
 * One ALB for all apps leads to Traefik, where each app has a route. Not built yet, and Traefik's Middleware waits until then. A trap:
 * `traefik.containo.us` is no longer served.
 */
export const traefik: Consequences<"traefik"> = {
  kinds: [{ group: "traefik.io", version: "v1alpha1", kind: "IngressRoute", plural: "ingressroutes", most: 20 }],
  scheme: () => "internal",
  notOn: () => NO_INGRESS_ON_AUTO_MODE,
  controllerPermissions: ingressPermissions,
};
