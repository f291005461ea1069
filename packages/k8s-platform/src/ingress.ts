/** Ingress class of the ALB that all teams share. */
export const INGRESS_CLASS = "alb";
