import type { PolicyContext } from "@demarc/k8s-platform/src/tenancy/policies/policy";
import type { Written } from "../../controllers/kubernetes/client";
import { type Attempt, HELD_OWNER, withMetadata, withSpec } from "./attempt";
import { PEOPLE } from "./person";
import { routeAttempts } from "./route-attempts";
import { backend, examples, metadata, objects, OWN, rule, selector, THEIRS } from "./team-objects";
import { scaleAttempts } from "./scale-attempts";
import { templateAttempts } from "./template-attempts";

export const CONTEXT: PolicyContext = {
  exposures: ["alb-ingress", "traefik"],
  hosts: { "petstore.dev.example.com": "pets", "storefront.dev.example.com": "shop" },
  ingressClasses: { pets: "alb-pets", shop: "alb-shop" },
  loadBalancerCidrs: "'10.1.0.0/24'",
  teamGroups: [`system:serviceaccounts:${PEOPLE}`],
  workloads: { registries: ["registry.example.com"], teams: {} },
};

/** The policies that are tried here. */
export const POLICIES = [
  "demarc-controller-annotations",
  "demarc-disruption-budgets",
  "demarc-ingress-routes",
  "demarc-ingresses",
  "demarc-network-policies",
  "demarc-owner-references",
  "demarc-platform-labels",
  "demarc-platform-objects",
  "demarc-scaling",
  "demarc-services",
];

const everyKind = Object.keys(examples).flatMap((plural) => [
  ...withMetadata(plural, "squat", { labels: { "demarc/owner": "k8s-platform" } }, "demarc-platform-labels"),
  ...withMetadata(plural, "mean something", { annotations: { "demarc/owner": "x" } }, "demarc-platform-labels"),
  ...[
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/hostname",
    "external-dns.demarc/hostname",
    "traefik.ingress.kubernetes.io/router.rule",
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "vpc.amazonaws.com/pod-ips",
  ].flatMap((key) => withMetadata(plural, key, { annotations: { [key]: THEIRS } }, "demarc-controller-annotations")),
  ...withMetadata(plural, "hold an owner", { ownerReferences: [HELD_OWNER] }, "demarc-owner-references"),
]);

/** Every kind, where the object is the platform's. */
const platforms = Object.entries(examples).flatMap(([plural, example]) => {
  const labels = { "demarc/owner": "k8s-platform" };
  const before = { ...example, metadata: { ...example.metadata, labels } };
  const object = { ...before, metadata: { ...before.metadata, labels: { ...labels, app: "petstore" } } };
  return (["apply", "replace", "patch", "delete"] as const).map((how) => ({
    ...{ name: "the platform's object", plural, how, before, refusedBy: "demarc-platform-objects" },
    object: how === "apply" ? object : { metadata: object.metadata },
  }));
});

const INGRESS = objects["ingresses"] ?? { metadata };
const ingress = (name: string, spec: object, annotations: Record<string, string> = {}): Attempt[] => {
  const given = { ingressClassName: "alb-pets", rules: [rule(OWN)], ...spec };
  const whole: Written = { ...INGRESS, metadata: { ...metadata, annotations }, spec: given };
  return (["create", "apply", "replace", "patch"] as const).map((how) => ({
    ...{ name, plural: "ingresses", how, object: whole, refusedBy: "demarc-ingresses" },
  }));
};

const names = [
  ["another team's host", { rules: [rule(THEIRS)] }],
  ["another team's host beside its own", { rules: [rule(OWN), rule(THEIRS)] }],
  ["a host that nobody has", { rules: [rule("free.dev.example.com")] }],
  ["a wildcard", { rules: [rule("*.dev.example.com")] }],
  ["a rule without host", { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }] }],
  ["an empty host", { rules: [rule("")] }],
  ["another team's host for TLS", { tls: [{ hosts: [OWN, THEIRS] }] }],
  ["a wildcard for TLS", { tls: [{ hosts: ["*.dev.example.com"] }] }],
  ["a default backend", { defaultBackend: backend }],
  ["another team's class", { ingressClassName: "alb-shop" }],
  [
    "a resource as backend",
    {
      rules: [
        rule(OWN, { path: "/", pathType: "Prefix", backend: { resource: { apiGroup: "x.io", kind: "B", name: "x" } } }),
      ],
    },
  ],
  [
    "150 paths",
    { rules: [rule(OWN, ...Array.from({ length: 150 }, (_, at) => ({ path: `/${at}`, pathType: "Exact", backend })))] },
  ],
] as const;

const values = [
  ["healthcheck-port", "http"],
  ["success-codes", "banana"],
  ["success-codes", "ok"],
  ["target-group-attributes", "no.such=1"],
  ["backend-protocol", "FOO"],
  ["healthcheck-interval-seconds", "4"],
  ["auth-type", "oidc"],
  ["group.name", "dev-a-shop"],
  ["certificate-arn", "x"],
] as const;

const service = (name: string, of: object) =>
  withSpec("services", name, { ports: [{ name: "http", port: 80 }], ...of }, "demarc-services");
const from = (name: string, ...ingress: object[]) =>
  withSpec("networkpolicies", name, { podSelector: {}, policyTypes: ["Ingress"], ingress }, "demarc-network-policies");
const budget = (of: object) => {
  const spec = { ...{ selector, minAvailable: null, maxUnavailable: null }, ...of };
  return withSpec("poddisruptionbudgets", JSON.stringify(of), spec, "demarc-disruption-budgets");
};

const peers = [
  ["every namespace", { namespaceSelector: {} }],
  ["namespaces by another label", { namespaceSelector: { matchLabels: { app: "x" } } }],
  ["namespaces by an expression", { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } }],
  ["every address", { ipBlock: { cidr: "0.0.0.0/0" } }],
  ["the addresses of all pods", { ipBlock: { cidr: "10.1.0.0/16" } }],
] as const;

/** What team pets tries in its namespace. */
export const attempts: readonly Attempt[] = [
  ...everyKind,
  ...platforms,
  ...names.flatMap(([name, spec]) => ingress(name, spec)),
  ...values.flatMap(([key, value]) => ingress(`${key}=${value}`, {}, { [`alb.ingress.kubernetes.io/${key}`]: value })),
  ...["backend-protocol", "auth-type", "success-codes"].flatMap((key) =>
    withMetadata(
      "services",
      `${key} on a Service`,
      { annotations: { [`alb.ingress.kubernetes.io/${key}`]: "FOO" } },
      "demarc-controller-annotations",
    ),
  ),
  ...templateAttempts,
  ...routeAttempts,
  ...scaleAttempts,
  ...service("externalIPs", { externalIPs: ["203.0.113.1"] }),
  ...service("NodePort", { type: "NodePort" }),
  ...from("everyone", {}),
  ...from("everyone at a port", { ports: [{ port: 8080 }] }),
  ...peers.flatMap(([name, peer]) => from(name, { from: [peer] })),
  ...from("every namespace beside its own", { from: [{ podSelector: {} }] }, { from: [{ namespaceSelector: {} }] }),
  ...[{ maxUnavailable: 0 }, { maxUnavailable: "0%" }, { minAvailable: 1 }, { minAvailable: "100%" }].flatMap(budget),
];

/** What it merges into an object with a deletionTimestamp, which a finalizer of its own holds. */
export const held: readonly {
  readonly name: string;
  readonly plural: string;
  readonly patch: { readonly metadata?: object; readonly spec?: object };
}[] = [
  ...Object.keys(objects).flatMap((plural) => [
    {
      name: `an annotation of ExternalDNS on ${plural}`,
      plural,
      patch: { metadata: { annotations: { "external-dns.alpha.kubernetes.io/hostname": THEIRS } } },
    },
    {
      name: `the owner's label on ${plural}`,
      plural,
      patch: { metadata: { labels: { "demarc/owner": "k8s-platform" } } },
    },
  ]),
  { name: "externalIPs", plural: "services", patch: { spec: { externalIPs: ["203.0.113.1"] } } },
  { name: "a type", plural: "services", patch: { spec: { type: "NodePort" } } },
  { name: "another team's host", plural: "ingresses", patch: { spec: { rules: [rule(THEIRS)] } } },
  { name: "another team's host for TLS", plural: "ingresses", patch: { spec: { tls: [{ hosts: [THEIRS] }] } } },
  {
    name: "a value that fails the load balancer",
    plural: "ingresses",
    patch: { metadata: { annotations: { "alb.ingress.kubernetes.io/success-codes": "banana" } } },
  },
];
