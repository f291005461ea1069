/** A kind of Kubernetes object that lives in a namespace. */
export interface NamespacedKind {
  /** API group; empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Name in RBAC rules. */
  readonly plural: string;
  /** Terraform resource, without its version. @default none: it goes in through the objects chart */
  readonly terraform?: string;
}

/**
 * What an app may have in its team's namespace, however it is reached; an exposure adds its own (`exposure` folder). The ownership
 * check, what the objects chart takes from an app and the team's rights in the cluster come from both. A kind comes in with an
 * admission policy that looks at it, or a reason why none has to (`team-access.test.ts` of k8s-platform).
 */
export const kindsOfEveryApp: readonly NamespacedKind[] = [
  { group: "", version: "v1", kind: "ConfigMap", plural: "configmaps", terraform: "config_map" },
  { group: "", version: "v1", kind: "Secret", plural: "secrets", terraform: "secret" },
  { group: "", version: "v1", kind: "Service", plural: "services", terraform: "service" },
  { group: "", version: "v1", kind: "ServiceAccount", plural: "serviceaccounts", terraform: "service_account" },
  {
    group: "",
    version: "v1",
    kind: "PersistentVolumeClaim",
    plural: "persistentvolumeclaims",
    terraform: "persistent_volume_claim",
  },
  { group: "apps", version: "v1", kind: "Deployment", plural: "deployments", terraform: "deployment" },
  { group: "apps", version: "v1", kind: "StatefulSet", plural: "statefulsets", terraform: "stateful_set" },
  { group: "batch", version: "v1", kind: "Job", plural: "jobs", terraform: "job" },
  { group: "batch", version: "v1", kind: "CronJob", plural: "cronjobs", terraform: "cron_job" },
  {
    group: "autoscaling",
    version: "v2",
    kind: "HorizontalPodAutoscaler",
    plural: "horizontalpodautoscalers",
    terraform: "horizontal_pod_autoscaler",
  },
  // The provider's resource lacks unhealthyPodEvictionPolicy, which a policy asks for.
  { group: "policy", version: "v1", kind: "PodDisruptionBudget", plural: "poddisruptionbudgets" },
  {
    group: "networking.k8s.io",
    version: "v1",
    kind: "NetworkPolicy",
    plural: "networkpolicies",
    terraform: "network_policy",
  },
];

/** `apiVersion` of the kind's objects, such as "apps/v1". */
export function apiVersion({ group, version }: NamespacedKind): string {
  return group === "" ? version : `${group}/${version}`;
}
