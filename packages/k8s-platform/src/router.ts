/** Ports of the router's pods that the load balancer sends to. */
export const ROUTER_PORTS = {
  requests: 8000,
  /** It answers 503 as soon as its pod is to stop. */
  health: 8080,
};

/** Seconds within which the load balancer finishes the requests of a pod that leaves. */
const DEREGISTRATION = 30;

/** How a pod of the router leaves, in seconds: longer than the load balancer goes on sending to it. */
export const DRAIN = {
  deregistration: DEREGISTRATION,
  /** It goes on taking requests. */
  accepts: DEREGISTRATION + 5,
  /** Then it finishes those that it has. */
  finishes: DEREGISTRATION,
  /** Then Kubernetes kills it. */
  pod: 2 * DEREGISTRATION + 15,
};
