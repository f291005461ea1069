import type { Consequences } from "./consequences";
import { subnetCidrs } from "./subnets";

/** A REST API leads to the network load balancer of the app's own Service. Not built yet. */
export const apiGateway: Consequences<"api-gateway"> = {
  kinds: [],
  scheme: () => "internal",
  cidrs: (stack) => subnetCidrs("internal", stack),
  restApi: true,
  serviceTypes: ["LoadBalancer"],
};
