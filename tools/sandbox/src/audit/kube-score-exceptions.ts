import type { Exception } from "./finding";

/** Every check of kube-score that an object of an app or of the platform fails on purpose, reviewed. One that none fails is red too. */
export const kubeScoreExceptions: readonly Exception[] = [
  {
    check: "container-image-pull-policy",
    stack: "*",
    resource: "*",
    reason:
      "an image has its digest, so another pull brings the same bytes; without one a pod starts while the registry is away",
  },
  {
    check: "deployment-has-host-podantiaffinity",
    stack: "*",
    resource: "Deployment/*",
    reason:
      "topologySpreadConstraints spread each version over hosts and zones, and still let a pod start where only one host has room",
  },
  {
    check: "deployment-targeted-by-hpa-does-not-have-replicas-configured",
    stack: "*",
    resource: "Deployment/*",
    reason: "the number in a live Deployment is the autoscaler's: the release names none, which a test sees to",
  },
  {
    check: "networkpolicy-targets-pod",
    stack: "*",
    resource: "NetworkPolicy/*",
    reason: "a team's namespace is closed before its first pod is there",
  },
  {
    check: "service-targets-pod",
    stack: "default",
    resource: "Service/kubernetes",
    reason: "the API server makes this Service, and its addresses are the control plane's",
  },
];
