/** What an HTTPS listener of a load balancer takes: TLS 1.3, and 1.2 with forward secrecy. AWS recommends this policy. */
export const TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06";
