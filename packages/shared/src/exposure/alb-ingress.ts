import { AppIngress } from "./app-ingress";
import { NO_INGRESS_ON_AUTO_MODE } from "./auto-mode";
import type { Consequences } from "./consequences";
import { ingressPermissions } from "./ingress-permissions";
import { READINESS_GATES } from "./readiness-gates";
import { webAclPermissions } from "./web-acl-permissions";

/** The AWS Load Balancer Controller makes an ALB for the Ingresses of each team, and ExternalDNS the records of their host names. */
export const albIngress: Consequences<"alb-ingress"> = {
  kinds: [
    { group: "networking.k8s.io", version: "v1", kind: "Ingress", plural: "ingresses", terraform: "ingress", most: 20 },
  ],
  scheme: ({ scheme }) => scheme,
  ingressClasses: true,
  webAcl: ({ waf = false }) => waf,
  namespaceLabels: READINESS_GATES,
  notOn: () => NO_INGRESS_ON_AUTO_MODE,
  controllerPermissions: (stack, { waf = false }) => [
    ...ingressPermissions(stack),
    ...(waf ? webAclPermissions(stack) : []),
  ],
  expose: (scope, app, { kind }) => {
    new AppIngress(scope, kind, app);
    return [];
  },
};
