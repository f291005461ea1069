/** A template of pods: what a Deployment, a CronJob or a pod of its own has in it. */
export interface Template {
  readonly metadata?: object;
  readonly spec: object;
}

export const DIGEST = `sha256:${"0".repeat(64)}`;
export const IMAGE = `registry.example.com/pets/app:1.4@${DIGEST}`;

/** A template that every policy lets in, with changes of its pod's spec and metadata. */
export function template(spec: object = {}, metadata: object = {}): Template {
  const hardened = {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    runAsNonRoot: true,
    seccompProfile: { type: "RuntimeDefault" },
  };
  return {
    metadata: { labels: { app: "app" }, ...metadata },
    spec: { containers: [{ name: "app", image: IMAGE, securityContext: hardened }], ...spec },
  };
}

/** Each kind that is a pod or makes pods, with where the API server has it. */
export const podKinds = {
  Pod: { path: "/api/v1", plural: "pods", of: (of: Template) => of },
  ReplicationController: {
    path: "/api/v1",
    plural: "replicationcontrollers",
    of: (of: Template) => ({ spec: { replicas: 0, selector: { app: "app" }, template: of } }),
  },
  Deployment: { path: "/apis/apps/v1", plural: "deployments", of: selected },
  ReplicaSet: { path: "/apis/apps/v1", plural: "replicasets", of: selected },
  StatefulSet: { path: "/apis/apps/v1", plural: "statefulsets", of: selected },
  DaemonSet: {
    path: "/apis/apps/v1",
    plural: "daemonsets",
    of: (of: Template) => ({ spec: { selector: { matchLabels: { app: "app" } }, template: of } }),
  },
  Job: { path: "/apis/batch/v1", plural: "jobs", of: (of: Template) => ({ spec: job(of) }) },
  CronJob: {
    path: "/apis/batch/v1",
    plural: "cronjobs",
    of: (of: Template) => ({ spec: { schedule: "0 0 1 1 *", jobTemplate: { spec: job(of) } } }),
  },
} as const;

export type PodKind = keyof typeof podKinds;

/** An object of that kind in a team's namespace. */
export function podMaker(kind: PodKind, of: Template, namespace = "pets") {
  const { metadata, ...rest } = { metadata: {}, ...podKinds[kind].of(of) };
  return { kind, ...rest, metadata: { ...metadata, name: "app", namespace } };
}

function selected(of: Template) {
  return { spec: { replicas: 0, selector: { matchLabels: { app: "app" } }, template: of } };
}

function job({ metadata, spec }: Template) {
  return { suspend: true, template: { metadata: metadata ?? {}, spec: { restartPolicy: "Never", ...spec } } };
}
