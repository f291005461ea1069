/**
 * Has the load balancer controller give each new pod of a namespace a readiness gate: a rollout waits until the load balancer finds the
 * pod healthy.
 */
export const READINESS_GATES = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" };
