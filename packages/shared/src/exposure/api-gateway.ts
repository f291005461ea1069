import type { Problem } from "../environment";
import type { AskingApp, Consequences } from "./consequences";
import { networkLoadBalancerPermissions } from "./ingress-permissions";
import { READINESS_GATES } from "./readiness-gates";
import { AppApi } from "./rest-api/app-api";

/** A REST API of the app's leads through a VPC link to the network load balancer of the app's own Service. */
export const apiGateway: Consequences<"api-gateway"> = {
  kinds: [],
  scheme: () => "internal",
  restApi: true,
  serviceLoadBalancers: { most: 20 },
  namespaceLabels: READINESS_GATES,
  controllerPermissions: networkLoadBalancerPermissions,
  problems,
  expose: (scope, app, exposure) => new AppApi(scope, exposure, app).beforePods,
};

function problems({ api, clusters }: AskingApp): Problem[] {
  if (api === undefined) {
    const message =
      "nothing is given, and apps are reached by a REST API here; give the app's OpenAPI document as api.document";
    return [{ path: "api", message }];
  }
  if (!api.domain || clusters.length < 2) return [];
  const message = `true gives the host name to the API of one cluster, for API Gateway has each name once in a region, and there are ${clusters.join(", ")}; set it to false, or have one cluster`;
  return [{ path: "api.domain", message }];
}
