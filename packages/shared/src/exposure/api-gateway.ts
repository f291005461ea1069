import type { Problem } from "../environment";
import { OWN_BINDING } from "./app-binding";
import { NO_BINDING_ON_AUTO_MODE } from "./auto-mode";
import { bindingPermissions } from "./binding-permissions";
import { boundPortProblems } from "./bound-port";
import type { AskingApp, Consequences, OfKind } from "./consequences";
import { networkLoadBalancerPermissions } from "./ingress-permissions";
import { READINESS_GATES } from "./readiness-gates";
import { AppApi } from "./rest-api/app-api";

/** A REST API of the app's leads through a VPC link to a network load balancer: that of the app's own Service, or infra's. */
export const apiGateway: Consequences<"api-gateway"> = {
  named: ({ kind, loadBalancer }) => `${kind} with loadBalancer ${loadBalancer}`,
  kinds: [OWN_BINDING],
  hasKinds: isInfras,
  scheme: () => "internal",
  restApi: true,
  webAcl: ({ waf = false }) => waf,
  serviceLoadBalancers: (exposure) => (isInfras(exposure) ? 0 : 20),
  namespaceLabels: READINESS_GATES,
  apps: (exposure) => (isInfras(exposure) ? Object.keys(exposure.listeners) : undefined),
  edge: (exposure) => (isInfras(exposure) ? { type: "network", listeners: exposure.listeners } : undefined),
  notOn: (exposure) => (isInfras(exposure) ? NO_BINDING_ON_AUTO_MODE : {}),
  controllerPermissions: (stack, exposure) =>
    isInfras(exposure)
      ? bindingPermissions(stack, Object.keys(exposure.listeners))
      : networkLoadBalancerPermissions(stack),
  problems: (app, exposure) => [...apiProblems(app), ...(isInfras(exposure) ? boundPortProblems(app) : [])],
  expose: (scope, app, exposure) => new AppApi(scope, exposure, app).beforePods,
};

type ApiGateway = OfKind["api-gateway"];

function isInfras(exposure: ApiGateway): exposure is Extract<ApiGateway, { loadBalancer: "infra" }> {
  return exposure.loadBalancer === "infra";
}

function apiProblems({ api, clusters }: AskingApp): Problem[] {
  if (api === undefined) {
    const message =
      "nothing is given, and apps are reached by a REST API here; give the app's OpenAPI document as api.document";
    return [{ path: "api", message }];
  }
  if (!api.domain || clusters.length < 2) return [];
  const message = `true gives the host name to the API of one cluster, for API Gateway has each name once in a region, and there are ${clusters.join(", ")}; set it to false, or have one cluster`;
  return [{ path: "api.domain", message }];
}
