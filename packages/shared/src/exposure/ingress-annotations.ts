/** What the load balancer of an Ingress has to know of the pods behind it. */
export interface IngressTargets {
  /** Where it asks each for its health. */
  readonly healthPath: string;
  /** Seconds in which it finishes the requests of one that leaves. */
  readonly drainSeconds: number;
  /** More annotations, by what follows the controller's prefix. @default none */
  readonly more?: Readonly<Record<string, string>>;
}

/** What each Ingress tells the load balancer controller: pods are targets themselves, and port 80 redirects to 443. */
export function ingressAnnotations({ healthPath, drainSeconds, more = {} }: IngressTargets): Record<string, string> {
  const annotations = {
    "target-type": "ip",
    "listen-ports": JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
    "ssl-redirect": "443",
    "healthcheck-path": healthPath,
    "target-group-attributes": `deregistration_delay.timeout_seconds=${String(drainSeconds)}`,
    ...more,
  };
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]),
  );
}
