import type { PolicyContext } from "@demarc/k8s-platform/src/tenancy/policies/policy";
import type { Written } from "../../controllers/kubernetes/client";

/** Namespace of the service account that acts as team pets. */
export const PEOPLE = "people";

export const CONTEXT: PolicyContext = {
  exposures: ["alb-ingress"],
  hosts: { "petstore.dev.example.com": "pets", "storefront.dev.example.com": "shop" },
  ingressClasses: { pets: "alb-pets", shop: "alb-shop" },
  loadBalancerCidrs: "'10.1.0.0/24'",
  teamGroups: [`system:serviceaccounts:${PEOPLE}`],
  workloads: { registries: ["registry.example.com"], teams: {} },
};

/** The policies that are tried here. */
export const POLICIES = [
  "demarc-controller-annotations",
  "demarc-ingresses",
  "demarc-platform-labels",
  "demarc-platform-objects",
  "demarc-services",
];

/** Something that a team tries, and the policy that refuses it. */
export interface Attempt {
  readonly name: string;
  readonly plural: string;
  /** Made, applied server-side, put in an object's place, or merged into it. */
  readonly how: "create" | "apply" | "replace" | "patch";
  readonly object: Written;
  /** What is there before it is replaced or patched. @default the kind's example */
  readonly before?: Written;
  readonly refusedBy: string;
}

const groups: Readonly<Record<string, string>> = {
  configmaps: "/api/v1",
  secrets: "/api/v1",
  services: "/api/v1",
  serviceaccounts: "/api/v1",
  persistentvolumeclaims: "/api/v1",
  deployments: "/apis/apps/v1",
  statefulsets: "/apis/apps/v1",
  jobs: "/apis/batch/v1",
  cronjobs: "/apis/batch/v1",
  horizontalpodautoscalers: "/apis/autoscaling/v2",
  poddisruptionbudgets: "/apis/policy/v1",
  ingresses: "/apis/networking.k8s.io/v1",
  networkpolicies: "/apis/networking.k8s.io/v1",
};

/** Where the objects of a kind are, in the namespace of team pets. */
export function pathOf(plural: string): string {
  return `${groups[plural] ?? ""}/namespaces/pets/${plural}`;
}

const metadata = { name: "petstore" };
const selector = { matchLabels: { app: "petstore" } };
const containers = [{ name: "app", image: `registry.example.com/app@sha256:${"0".repeat(64)}` }];
const template = { metadata: { labels: selector.matchLabels }, spec: { containers } };
const job = { template: { spec: { containers, restartPolicy: "Never" } } };
const backend = { service: { name: "petstore", port: { name: "http" } } };
const rule = (host: string, ...paths: object[]) => ({
  host,
  http: { paths: paths.length === 0 ? [{ path: "/", pathType: "Prefix", backend }] : paths },
});
const OWN = "petstore.dev.example.com";
const THEIRS = "storefront.dev.example.com";

/** An object of each kind that a team may write. */
export const objects: Readonly<Record<string, Written>> = {
  configmaps: { apiVersion: "v1", kind: "ConfigMap", metadata, data: { key: "value" } },
  secrets: { apiVersion: "v1", kind: "Secret", metadata, stringData: { key: "value" } },
  services: { apiVersion: "v1", kind: "Service", metadata, spec: { ports: [{ name: "http", port: 80 }] } },
  serviceaccounts: {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { ...metadata, annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/app" } },
  },
  persistentvolumeclaims: {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata,
    spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } } },
  },
  deployments: { apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { replicas: 0, selector, template } },
  statefulsets: {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata,
    spec: { replicas: 0, serviceName: "petstore", selector, template },
  },
  jobs: { apiVersion: "batch/v1", kind: "Job", metadata, spec: { suspend: true, ...job } },
  cronjobs: {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata,
    spec: { schedule: "0 0 1 1 *", suspend: true, jobTemplate: { spec: job } },
  },
  horizontalpodautoscalers: {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata,
    spec: { scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "petstore" }, maxReplicas: 2 },
  },
  poddisruptionbudgets: { apiVersion: "policy/v1", kind: "PodDisruptionBudget", metadata, spec: { selector } },
  ingresses: {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...metadata, annotations: { "alb.ingress.kubernetes.io/healthcheck-path": "/readyz" } },
    spec: { ingressClassName: "alb-pets", rules: [rule(OWN)], tls: [{ hosts: [OWN] }] },
  },
  networkpolicies: {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata,
    spec: { podSelector: {}, policyTypes: ["Ingress"] },
  },
};

/** The ways in which a change of metadata can come, for a kind. */
function ways(plural: string, name: string, more: object, refusedBy: string): Attempt[] {
  const example = objects[plural];
  if (example === undefined) throw new Error(`there is no example of ${plural}`);
  const whole = { ...example, metadata: { ...example.metadata, ...more } };
  const part = { metadata: { ...metadata, ...more } };
  return [
    ...(["create", "apply", "replace"] as const).map((how) => ({ name, plural, how, object: whole, refusedBy })),
    { name, plural, how: "patch", object: part, refusedBy },
  ];
}

const everyKind = Object.keys(objects).flatMap((plural) => [
  ...ways(plural, "squat", { labels: { "demarc/owner": "k8s-platform" } }, "demarc-platform-labels"),
  ...ways(plural, "mean something", { annotations: { "demarc/owner": "x" } }, "demarc-platform-labels"),
  ...[
    "external-dns.alpha.kubernetes.io/hostname",
    "external-dns.kubernetes.io/hostname",
    "external-dns.demarc/hostname",
    "traefik.ingress.kubernetes.io/router.rule",
    "service.beta.kubernetes.io/aws-load-balancer-type",
  ].flatMap((key) => ways(plural, key, { annotations: { [key]: THEIRS } }, "demarc-controller-annotations")),
]);

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

const service = (name: string, spec: object): Attempt[] =>
  (["create", "apply", "replace", "patch"] as const).map((how) => ({
    ...{ name, plural: "services", how, refusedBy: "demarc-services" },
    object: { ...objects["services"], metadata, spec: { ports: [{ name: "http", port: 80 }], ...spec } },
  }));

/** What team pets tries in its namespace. */
export const attempts: readonly Attempt[] = [
  ...everyKind,
  ...names.flatMap(([name, spec]) => ingress(name, spec)),
  ...values.flatMap(([key, value]) => ingress(`${key}=${value}`, {}, { [`alb.ingress.kubernetes.io/${key}`]: value })),
  ...["backend-protocol", "auth-type", "success-codes"].flatMap((key) =>
    ways(
      "services",
      `${key} on a Service`,
      { annotations: { [`alb.ingress.kubernetes.io/${key}`]: "FOO" } },
      "demarc-controller-annotations",
    ),
  ),
  ...service("externalIPs", { externalIPs: ["203.0.113.1"] }),
  ...service("NodePort", { type: "NodePort" }),
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
