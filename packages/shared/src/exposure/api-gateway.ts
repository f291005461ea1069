import type { Consequences } from "./consequences";

/** A REST API leads to the network load balancer of the app's own Service. Not built yet. */
export const apiGateway: Consequences<"api-gateway"> = {
  kinds: [],
  scheme: () => "internal",
  restApi: true,
  serviceTypes: ["LoadBalancer"],
};
