/**
 * What the load balancer controller that EKS Auto Mode has built in lacks of the one that a platform installs.
 * https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-alb.html, "IngressClassParams Reference" and "Considerations"
 */
export const NO_INGRESS_ON_AUTO_MODE = {
  "auto-mode":
    "EKS's built-in controller documents no TLS policy and no redirect for an ingress class, and gives pods no readiness gate",
};

/** The same, of bindings. EKS's own role may delete every target group that bears its tag. */
export const NO_BINDING_ON_AUTO_MODE = {
  "auto-mode":
    "EKS's built-in controller gives bound pods no readiness gate, and wants a tag on infra's target groups by which it may delete them",
};
