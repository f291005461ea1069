import { AppRoute, INGRESS_ROUTE } from "./app-route";
import { NO_INGRESS_ON_AUTO_MODE } from "./auto-mode";
import type { Consequences } from "./consequences";
import { ingressPermissions } from "./ingress-permissions";

/**
 * One ALB for all apps leads to Traefik, where each app has a route. The platform's one Ingress has the controller make the ALB, and
 * ExternalDNS the one record of all host names.
 */
export const traefik: Consequences<"traefik"> = {
  kinds: [{ ...INGRESS_ROUTE, most: 20 }],
  scheme: ({ scheme }) => scheme,
  notOn: () => NO_INGRESS_ON_AUTO_MODE,
  // The name is the chart's, by which it labels its pods.
  router: { namespace: "traefik", podLabels: { "app.kubernetes.io/name": "traefik" } },
  controllerPermissions: ingressPermissions,
  expose: (scope, app, { kind }) => {
    new AppRoute(scope, kind, app);
    return [];
  },
};
