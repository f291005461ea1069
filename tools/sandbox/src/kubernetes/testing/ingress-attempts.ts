import type { Written } from "../../controllers/kubernetes/client";
import { type Attempt, exampleOf } from "./attempt";
import { backend, metadata, OWN, rule, THEIRS } from "./team-objects";

const ALB = "alb.ingress.kubernetes.io/";

const NO_HOST = "gets the requests of every other app";
const HOST = "a host of spec.rules must be";
const TLS = "a host of spec.tls must be";
const MANY = "a load balancer takes a limited number of them";
const WILDCARD = "a path of type Exact or Prefix has no wildcards";
const LETTERS = "which is what a load balancer takes";

/** A rule of its own host for a path. */
const at = (path: string, pathType: string) => ({ rules: [rule(OWN, { path, pathType, backend })] });
const many = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index));
const resource = { apiGroup: "x.io", kind: "B", name: "x" };

/** What it says of class, hosts and paths, with a part of the message of the one rule that this breaks. */
const specs: readonly (readonly [name: string, spec: object, says: string])[] = [
  ["another team's host", { rules: [rule(THEIRS)] }, HOST],
  ["another team's host beside its own", { rules: [rule(OWN), rule(THEIRS)] }, HOST],
  ["a host that nobody has", { rules: [rule("free.dev.example.com")] }, HOST],
  ["a wildcard", { rules: [rule("*.dev.example.com")] }, HOST],
  ["a rule without host", { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] }, NO_HOST],
  ["an empty host", { rules: [rule("")] }, NO_HOST],
  ["a default backend", { defaultBackend: backend }, NO_HOST],
  ["another team's host for TLS", { tls: [{ hosts: [OWN, THEIRS] }] }, TLS],
  ["a wildcard for TLS", { tls: [{ hosts: ["*.dev.example.com"] }] }, TLS],
  ["another team's class", { ingressClassName: "alb-shop" }, "spec.ingressClassName must be"],
  [
    "a resource as backend",
    { rules: [rule(OWN, { path: "/", pathType: "Prefix", backend: { resource } })] },
    "a backend must be a Service",
  ],
  ["150 paths", { rules: [rule(OWN, ...many(150, (of) => ({ path: `/${of}`, pathType: "Exact", backend })))] }, MANY],
  ["six rules", { rules: many(6, () => rule(OWN)) }, MANY],
  ["a space in a path", at("/a b", "ImplementationSpecific"), LETTERS],
  ["a path of 127 letters", at(`/${"a".repeat(126)}`, "Prefix"), LETTERS],
  ["a wildcard in a path of type Prefix", at("/a*", "Prefix"), WILDCARD],
  ["a wildcard in a path of type Exact", at("/a?", "Exact"), WILDCARD],
];

const PLATFORMS = "WAF are the platform's";
const INTERVAL = "healthcheck-timeout-seconds (5 without it) must be less";
const CODES = "success-codes must be 200 to 499";

/** Annotations of the load balancer controller, with a part of the message of the one rule that they break. */
const annotations: readonly (readonly [values: Readonly<Record<string, string>>, says: string])[] = [
  [{ "auth-type": "oidc" }, PLATFORMS],
  [{ "group.name": "dev-a-shop" }, PLATFORMS],
  [{ "certificate-arn": "x" }, PLATFORMS],
  ...(
    [
      ["backend-protocol", "FOO"],
      ["backend-protocol-version", "HTTP3"],
      ["healthcheck-interval-seconds", "301"],
      ["healthcheck-path", "readyz"],
      ["healthcheck-port", "http"],
      ["healthcheck-protocol", "TCP"],
      ["healthcheck-timeout-seconds", "1"],
      ["healthy-threshold-count", "11"],
      ["listen-ports", '[{"HTTPS":443},{"HTTP":8080}]'],
      ["ssl-redirect", "8443"],
      ["target-group-attributes", "no.such=1"],
      ["target-type", "instance"],
      ["unhealthy-threshold-count", "1"],
    ] as const
  ).map(([key, value]) => [{ [key]: value }, `${ALB}${key} must be`] as const),
  [{ "success-codes": "banana" }, "success-codes must be codes"],
  [{ "success-codes": "ok" }, "success-codes must be codes"],
  // The shortest time-out fits, so that the interval itself is what is wrong.
  [
    { "healthcheck-interval-seconds": "4", "healthcheck-timeout-seconds": "2" },
    `${ALB}healthcheck-interval-seconds must`,
  ],
  [{ "healthcheck-interval-seconds": "5" }, INTERVAL],
  [{ "healthcheck-timeout-seconds": "15" }, INTERVAL],
  [{ "success-codes": "12" }, CODES],
  [{ "backend-protocol-version": "GRPC", "success-codes": "200" }, CODES],
];

function ingress(name: string, spec: object, given: Readonly<Record<string, string>>, says: string): Attempt[] {
  const object: Written = {
    ...exampleOf("ingresses"),
    metadata: { ...metadata, annotations: given },
    spec: { ingressClassName: "alb-pets", rules: [rule(OWN)], ...spec },
  };
  return (["create", "apply", "replace", "patch"] as const).map((how) => ({
    ...{ name, plural: "ingresses", how, object, refusedBy: "demarc-ingresses", says },
  }));
}

/** What team pets tries with an Ingress: for each rule of the policy something that this rule alone refuses. */
export const ingressAttempts: readonly Attempt[] = [
  ...specs.flatMap(([name, spec, says]) => ingress(name, spec, {}, says)),
  ...annotations.flatMap(([values, says]) => {
    const pairs = Object.entries(values);
    const given = Object.fromEntries(pairs.map(([key, value]) => [ALB + key, value]));
    return ingress(pairs.map(([key, value]) => `${key}=${value}`).join(" and "), {}, given, says);
  }),
];
