import type { Container, PodSpec, Probe } from "kubernetes-types/core/v1";
import { canonical } from "../quantity";
import type { Access } from "./access";
import { diskMebibytes } from "./disk";
import { volumeName } from "./overrides";
import { graceSeconds, pauseSeconds } from "./stopping";
import { PORT_NAME, type Workload } from "./workload";

/** The `nonroot` user of distroless images. Any number but 0 will do for an image that only reads its files. */
const NON_ROOT = 65532;

/** What a pod is given beside its settings. */
export interface PodSurroundings extends Pick<Access, "variables" | "files"> {
  readonly serviceAccountName: string;
}

/** The pod of an app: all that Pod Security's `restricted` asks for, and a root file system that cannot be written. */
export function podSpec(app: Workload, surroundings: PodSurroundings) {
  const { overrides } = app.settings;
  const user = overrides.runAsUser?.uid ?? NON_ROOT;
  return {
    serviceAccountName: surroundings.serviceAccountName,
    // The token of IRSA is another one, which EKS mounts beside it.
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    terminationGracePeriodSeconds: graceSeconds(app.settings),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: user,
      runAsGroup: user,
      fsGroup: user,
      seccompProfile: { type: "RuntimeDefault" },
    },
    topologySpreadConstraints: ["topology.kubernetes.io/zone", "kubernetes.io/hostname"].map((topologyKey) => ({
      topologyKey,
      maxSkew: 1,
      // Not a must: when a zone is lost, its pods have to start in the others.
      whenUnsatisfiable: "ScheduleAnyway",
      labelSelector: { matchLabels: app.selector },
      matchLabelKeys: ["pod-template-hash"],
    })),
    containers: [container(app, surroundings)],
    volumes: [
      ...writablePaths(app).map((path) => ({
        name: volumeName(path),
        emptyDir: { sizeLimit: canonical(`${overrides.writablePaths?.megabytes ?? 0}Mi`) },
      })),
      ...surroundings.files.map(({ volume, configMap }) => ({ name: volume, configMap: { name: configMap } })),
    ],
  } satisfies PodSpec;
}

function container(app: Workload, { variables, files }: PodSurroundings) {
  const pause = pauseSeconds(app.settings);
  const { image, port, resources, overrides } = app.settings;
  const disk = { "ephemeral-storage": canonical(`${diskMebibytes(app.settings)}Mi`) };
  return {
    name: app.name,
    image,
    imagePullPolicy: overrides.mutableImageTag === undefined ? "IfNotPresent" : "Always",
    ports: [{ name: PORT_NAME, containerPort: port, protocol: "TCP" }],
    env: Object.entries(variables).map(([name, value]) => ({ name, value })),
    resources: { requests: { ...resources.requests, ...disk }, limits: { ...resources.limits, ...disk } },
    securityContext: {
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: overrides.writableRootFilesystem === undefined,
      runAsNonRoot: true,
      capabilities: { drop: ["ALL"] },
      seccompProfile: { type: "RuntimeDefault" },
    },
    ...probes(app),
    // The load balancer sends requests until it knows better: the app goes on serving before it gets SIGTERM. The kubelet itself
    // waits, for many images have no program that could.
    ...(pause === 0 ? {} : { lifecycle: { preStop: { sleep: { seconds: pause } } } }),
    volumeMounts: [
      ...writablePaths(app).map((path) => ({ name: volumeName(path), mountPath: path })),
      ...files.map(({ volume, folder }) => ({ name: volume, mountPath: folder, readOnly: true })),
    ],
  } satisfies Container;
}

function probes({ settings }: Workload) {
  const { readiness, liveness, startupSeconds } = settings.probes;
  const get = (path: string) => ({ httpGet: { path, port: PORT_NAME } });
  const every = (seconds: number) => ({ periodSeconds: seconds, timeoutSeconds: 3 });
  return {
    startupProbe: { ...get(liveness), ...every(5), failureThreshold: Math.ceil(startupSeconds / 5) },
    livenessProbe: { ...get(liveness), ...every(10), failureThreshold: 3 },
    readinessProbe: { ...get(readiness), ...every(5), failureThreshold: 3, successThreshold: 1 },
  } satisfies Readonly<Record<string, Probe>>;
}

function writablePaths({ settings }: Workload): readonly string[] {
  return settings.overrides.writablePaths?.paths ?? [];
}
