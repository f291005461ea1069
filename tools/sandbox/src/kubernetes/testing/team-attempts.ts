import type { PolicyContext } from "@demarc/k8s-platform/src/tenancy/policies/policy";
import { type Attempt, exampleOf, HELD_OWNER, withMetadata, withSpec } from "./attempt";
import { PEOPLE } from "./person";
import { ingressAttempts } from "./ingress-attempts";
import { routeAttempts } from "./route-attempts";
import { byName, examples, objects, rule, selector, THEIRS } from "./team-objects";
import { scaleAttempts } from "./scale-attempts";
import { templateAttempts } from "./template-attempts";

export const CONTEXT: PolicyContext = {
  exposures: [
    { kind: "alb-ingress", scheme: "internet-facing" },
    { kind: "traefik", scheme: "internet-facing" },
  ],
  bindsTargetGroups: false,
  bindingsOpenPods: false,
  serviceLoadBalancerClass: undefined,
  hosts: { "petstore.dev.example.com": "pets", "storefront.dev.example.com": "shop" },
  ingressClasses: { pets: "alb-pets", shop: "alb-shop" },
  loadBalancerCidrs: "'10.1.0.0/24'",
  records: [{ "external-dns.demarc/set-identifier": "dev-a-alb-ingress", "external-dns.demarc/aws-weight": "100" }],
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
  "demarc-platform-names",
  "demarc-platform-objects",
  "demarc-scaling",
  "demarc-services",
  "demarc-traefik",
];

const PLATFORM_LABEL = { refusedBy: "demarc-platform-labels", says: "labels demarc/… are the platform's; leave" };
const PLATFORM_ANNOTATION = { ...PLATFORM_LABEL, says: "annotations demarc/… are the platform's; leave" };
const CONTROLLER_ANNOTATION = { refusedBy: "demarc-controller-annotations", says: "are not for apps: the record" };
const HELD = { refusedBy: "demarc-owner-references", says: "an owner reference with blockOwnerDeletion: true keeps" };

const everyKind = Object.keys(examples).flatMap((plural) => [
  ...withMetadata(plural, "squat", { labels: { "demarc/owner": "k8s-platform" } }, PLATFORM_LABEL),
  ...withMetadata(plural, "mean something", { annotations: { "demarc/owner": "x" } }, PLATFORM_ANNOTATION),
  ...[
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/hostname",
    "external-dns.demarc/hostname",
    "traefik.ingress.kubernetes.io/router.rule",
    "service.beta.kubernetes.io/aws-load-balancer-type",
    "vpc.amazonaws.com/pod-ips",
  ].flatMap((key) => withMetadata(plural, key, { annotations: { [key]: THEIRS } }, CONTROLLER_ANNOTATION)),
  ...withMetadata(plural, "hold an owner", { ownerReferences: [HELD_OWNER] }, HELD),
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

/** A name that the platform's own object is going to have. */
const names = [
  ["networkpolicies", "default-deny"],
  ["networkpolicies", "allow-dns"],
  ["configmaps", "database-ca"],
].flatMap(([plural = "", name = ""]) =>
  (["create", "apply"] as const).map((how) => ({
    ...{ name, plural, how, refusedBy: "demarc-platform-names" },
    object: { ...exampleOf(plural), metadata: { name } },
  })),
);

const service = (name: string, of: object, says: string) => {
  const spec = { ports: [{ name: "http", port: 80 }], ...of };
  return withSpec("services", name, spec, { refusedBy: "demarc-services", says });
};
const from = (name: string, says: string, ...ingress: object[]) => {
  const spec = { podSelector: {}, policyTypes: ["Ingress"], ingress };
  return withSpec("networkpolicies", name, spec, { refusedBy: "demarc-network-policies", says });
};
const NO_PEER = "without `from`";
const PEER = "a peer of an ingress rule must be";
const budget = (says: string, of: object) => {
  const none = { minAvailable: null, maxUnavailable: null, unhealthyPodEvictionPolicy: "AlwaysAllow" };
  const spec = { ...{ selector: byName, ...none }, ...of };
  return withSpec("poddisruptionbudgets", JSON.stringify(of), spec, { refusedBy: "demarc-disruption-budgets", says });
};
const ONE_GOES = "at least one pod go";
const NOT_READY = "pods that are not ready";
const TWO = "two budgets select";

const peers = [
  ["every namespace", { namespaceSelector: {} }],
  ["namespaces by another label", { namespaceSelector: { matchLabels: { app: "x" } } }],
  ["namespaces by an expression", { namespaceSelector: { matchExpressions: [{ key: "team", operator: "Exists" }] } }],
  ["every address", { ipBlock: { cidr: "0.0.0.0/0" } }],
  ["the addresses of all pods", { ipBlock: { cidr: "10.1.0.0/16" } }],
  ["a subnet of nodes and their pods", { ipBlock: { cidr: "10.1.128.0/20" } }],
] as const;

/** What team pets tries in its namespace. */
export const attempts: readonly Attempt[] = [
  ...everyKind,
  ...platforms,
  ...names,
  ...ingressAttempts,
  ...["backend-protocol", "auth-type", "success-codes"].flatMap((key) =>
    withMetadata(
      "services",
      `${key} on a Service`,
      { annotations: { [`alb.ingress.kubernetes.io/${key}`]: "FOO" } },
      CONTROLLER_ANNOTATION,
    ),
  ),
  ...[
    ["another cluster's record", "set-identifier", "dev-b-alb-ingress"],
    ["more of a record's requests", "aws-weight", "255"],
    ["a record of another kind", "aws-failover", "PRIMARY"],
  ].flatMap(([name = "", key = "", value = ""]) =>
    withMetadata("ingresses", name, { annotations: { [`external-dns.demarc/${key}`]: value } }, CONTROLLER_ANNOTATION),
  ),
  ...templateAttempts,
  ...routeAttempts,
  ...scaleAttempts,
  ...service("externalIPs", { externalIPs: ["203.0.113.1"] }, "spec.externalIPs would"),
  ...service("NodePort", { type: "NodePort" }, "a Service must be of type"),
  ...from("everyone", NO_PEER, {}),
  ...from("everyone at a port", NO_PEER, { ports: [{ port: 8080 }] }),
  ...peers.flatMap(([name, peer]) => from(name, PEER, { from: [peer] })),
  ...from(
    "every namespace beside its own",
    PEER,
    { from: [{ podSelector: {} }] },
    { from: [{ namespaceSelector: {} }] },
  ),
  ...[{ maxUnavailable: 0 }, { maxUnavailable: "0%" }, { minAvailable: 1 }, { minAvailable: "100%" }].flatMap((of) =>
    budget(ONE_GOES, of),
  ),
  ...["IfHealthyBudget", null].flatMap((unhealthyPodEvictionPolicy) =>
    budget(NOT_READY, { maxUnavailable: 1, unhealthyPodEvictionPolicy }),
  ),
  ...[selector, { matchLabels: { ...byName.matchLabels, ...selector.matchLabels } }].flatMap((other) =>
    budget(TWO, { maxUnavailable: 1, selector: other }),
  ),
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
