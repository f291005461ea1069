import type { Written } from "../../controllers/kubernetes/client";

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
  pods: "/api/v1",
  replicationcontrollers: "/api/v1",
  replicasets: "/apis/apps/v1",
  daemonsets: "/apis/apps/v1",
  controllerrevisions: "/apis/apps/v1",
  ...Object.fromEntries(
    [
      ...["ingressroutes", "ingressroutetcps", "middlewares", "serverstransports"],
      ...["tlsoptions", "tlsstores", "traefikservices"],
    ].map((plural) => [plural, "/apis/traefik.io/v1alpha1"]),
  ),
  horizontalpodautoscalers: "/apis/autoscaling/v2",
  poddisruptionbudgets: "/apis/policy/v1",
  ingresses: "/apis/networking.k8s.io/v1",
  networkpolicies: "/apis/networking.k8s.io/v1",
};

/** Where the objects of a kind are, in the namespace of team pets. */
export function pathOf(plural: string): string {
  return `${groups[plural] ?? ""}/namespaces/pets/${plural}`;
}

export const metadata = { name: "petstore" };
export const selector = { matchLabels: { app: "petstore" } };
/** What a disruption budget selects by. */
export const byName = { matchLabels: { "app.kubernetes.io/name": metadata.name } };
const containers = [{ name: "app", image: `registry.example.com/app@sha256:${"0".repeat(64)}` }];
const template = { metadata: { labels: selector.matchLabels }, spec: { containers } };
const job = { template: { spec: { containers, restartPolicy: "Never" } } };
export const backend = { service: { name: "petstore", port: { name: "http" } } };
/** A rule of an Ingress. */
export const rule = (host: string, ...paths: object[]) => ({
  host,
  http: { paths: paths.length === 0 ? [{ path: "/", pathType: "Prefix", backend }] : paths },
});
/** Host name of team pets. */
export const OWN = "petstore.dev.example.com";
/** Host name of another team. */
export const THEIRS = "storefront.dev.example.com";

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
  poddisruptionbudgets: {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata,
    spec: { selector: byName, maxUnavailable: 1, unhealthyPodEvictionPolicy: "AlwaysAllow" },
  },
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

/** A route of Traefik's. */
export const route = (...matches: string[]) => ({
  entryPoints: ["web"],
  routes: matches.map((match) => ({ kind: "Rule", match, services: [{ name: "petstore", port: "http" }] })),
});

/** Kinds that a team may write where Traefik is how apps are reached. */
const traefikObjects: Readonly<Record<string, Written>> = {
  ingressroutes: {
    apiVersion: "traefik.io/v1alpha1",
    kind: "IngressRoute",
    metadata,
    spec: route(`Host(\`${OWN}\`)`),
  },
};

/** Kinds of Traefik's that no team has, by their plurals. */
const OTHERS: Readonly<Record<string, string>> = {
  ingressroutetcps: "IngressRouteTCP",
  middlewares: "Middleware",
  serverstransports: "ServersTransport",
  tlsoptions: "TLSOption",
  tlsstores: "TLSStore",
  traefikservices: "TraefikService",
};

/** An object of each, refused whatever is in it. */
export const traefikOthers: Readonly<Record<string, Written>> = Object.fromEntries(
  Object.entries(OTHERS).map(([plural, kind]) => [
    plural,
    { apiVersion: "traefik.io/v1alpha1", kind, metadata, spec: {} },
  ]),
);

/** Kinds of Traefik's, by their plurals. */
export const traefikKinds: Readonly<Record<string, string>> = { ingressroutes: "IngressRoute", ...OTHERS };

/** Kinds that RBAC keeps teams from writing, and policies too. */
const otherObjects: Readonly<Record<string, Written>> = {
  // With the labels of the others a controller would adopt it.
  pods: { apiVersion: "v1", kind: "Pod", metadata, spec: { containers } },
  replicationcontrollers: {
    apiVersion: "v1",
    kind: "ReplicationController",
    metadata,
    spec: { replicas: 0, selector: selector.matchLabels, template },
  },
  replicasets: { apiVersion: "apps/v1", kind: "ReplicaSet", metadata, spec: { replicas: 0, selector, template } },
  daemonsets: { apiVersion: "apps/v1", kind: "DaemonSet", metadata, spec: { selector, template } },
};

/** An object of each kind that policies look at. */
export const examples: Readonly<Record<string, Written>> = { ...objects, ...traefikObjects, ...otherObjects };
