import { DIGEST, IMAGE, type Template, template } from "./pods";

/** What somebody tries with a pod, and what refuses it. */
export interface PodAttempt {
  readonly name: string;
  /** The policy that refuses, without "demarc-". */
  readonly policy: "images" | "node-upgrades" | "priorities" | "scheduling" | "volumes";
  /** A part of what is answered. */
  readonly answer: string;
  readonly template: Template;
}

const container = (image: string) => template({ containers: [{ name: "app", image }] });
const everywhere = { topologyKey: "kubernetes.io/hostname", labelSelector: {} };
const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

const images = (
  [
    ["an image by tag", "registry.example.com/pets/app:1.4"],
    ["an image without tag", "registry.example.com/pets/app"],
    ["a digest that is none", "registry.example.com/pets/app@sha256:123"],
    ["a digest before the tag", `registry.example.com/pets/app@${DIGEST}:1.4`],
    ["an image of one word", `app@${DIGEST}`],
    ["upper case", `Registry.Example.com/pets/app@${DIGEST}`],
    ["another team's exception, with more behind it", "registry.example.com/pets/petstore:unstable2"],
    ["a path below an exception", "quay.io/pets/tool/evil:1"],
  ] as const
).map(([name, image]) => ({
  name,
  policy: "images" as const,
  answer: "end with its digest",
  template: container(image),
}));

const registries = (
  [
    ["another registry", `evil.example.com/pets/app@${DIGEST}`],
    ["an image without its registry", `pets/app@${DIGEST}`],
    ["Docker Hub", `docker.io/library/busybox:1.37@${DIGEST}`],
    ["another path of a listed registry", `registry.example.com/shop/app@${DIGEST}`],
    ["a path that begins alike", `registry.example.com/pets-evil/app@${DIGEST}`],
    ["a registry that ends alike", `evil-registry.example.com/pets/app@${DIGEST}`],
    ["a dot that is none", `registryxexample.com/pets/app@${DIGEST}`],
    ["another port", `registry.example.com:5000/pets/app@${DIGEST}`],
  ] as const
).map(([name, image]) => ({ name, policy: "images" as const, answer: "images come from", template: container(image) }));

const places: PodAttempt[] = (
  [
    ["an init container", template({ initContainers: [{ name: "init", image: "docker.io/library/busybox:1" }] })],
    ["an image volume", template({ volumes: [{ name: "data", image: { reference: "docker.io/library/busybox:1" } }] })],
  ] as const
).map(([name, of]) => ({
  name: `an image by tag in ${name}`,
  policy: "images" as const,
  answer: "end with its digest",
  template: of,
}));

const scheduling: PodAttempt[] = (
  [
    ["a node by name", "nodeName puts", { nodeName: "ip-10-1-0-1" }],
    ["a scheduler of its own", "schedulerName must be", { schedulerName: "mine" }],
    ["tolerations of every taint", "a toleration lands", { tolerations: [{ operator: "Exists" }] }],
    [
      "every taint of one effect",
      "a toleration lands",
      { tolerations: [{ operator: "Exists", effect: "NoSchedule" }] },
    ],
    ["a key of others", "a toleration lands", { tolerations: [{ key: "dedicated", operator: "Exists" }] }],
    ["control plane nodes", "a toleration lands", { tolerations: [{ key: "node-role.kubernetes.io/control-plane" }] }],
    [
      "nodes that are not ready",
      "a toleration lands",
      { tolerations: [{ key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoSchedule" }] },
    ],
    [
      "an allowed key with every value",
      "a toleration lands",
      { tolerations: [{ key: "example.com/gpu", operator: "Exists", effect: "NoSchedule" }] },
    ],
    [
      "an allowed key with every effect",
      "a toleration lands",
      { tolerations: [{ key: "example.com/gpu", value: "pets" }] },
    ],
    [
      "an allowed key with another's value",
      "a toleration lands",
      { tolerations: [{ key: "example.com/gpu", value: "shop", effect: "NoSchedule" }] },
    ],
    ...["podAffinity", "podAntiAffinity"].flatMap((kind): [string, string, object][] => [
      [
        `required ${kind} with every namespace`,
        "their own namespace only",
        { affinity: { [kind]: { [REQUIRED]: [{ ...everywhere, namespaceSelector: {} }] } } },
      ],
      [
        `required ${kind} with a namespace by name`,
        "their own namespace only",
        { affinity: { [kind]: { [REQUIRED]: [{ ...everywhere, namespaces: ["shop"] }] } } },
      ],
      [
        `preferred ${kind} with every namespace`,
        "their own namespace only",
        {
          affinity: {
            [kind]: { [PREFERRED]: [{ weight: 100, podAffinityTerm: { ...everywhere, namespaceSelector: {} } }] },
          },
        },
      ],
    ]),
  ] as [string, string, object][]
).map(([name, answer, spec]) => ({ name, policy: "scheduling" as const, answer, template: template(spec) }));

const nodeUpgrades: PodAttempt[] = (
  [
    [
      "a grace period of ten years",
      "terminationGracePeriodSeconds",
      template({ terminationGracePeriodSeconds: 315_360_000 }),
    ],
    [
      "a grace period above the bound by one",
      "terminationGracePeriodSeconds",
      template({ terminationGracePeriodSeconds: 901 }),
    ],
    ["safe-to-evict: false", "keep a node", annotated("cluster-autoscaler.kubernetes.io/safe-to-evict", "false")],
    [
      "safe-to-evict with another word",
      "keep a node",
      annotated("cluster-autoscaler.kubernetes.io/safe-to-evict", "no"),
    ],
    ["do-not-disrupt", "keep a node", annotated("karpenter.sh/do-not-disrupt", "true")],
    ["do-not-evict", "keep a node", annotated("karpenter.sh/do-not-evict", "true")],
    ["a finalizer", "a finalizer holds", template({}, { finalizers: ["example.com/mine"] })],
    [
      "a finalizer beside the Job controller's",
      "a finalizer holds",
      template({}, { finalizers: ["batch.kubernetes.io/job-tracking", "example.com/mine"] }),
    ],
  ] as [string, string, Template][]
).map(([name, answer, of]) => ({ name, policy: "node-upgrades" as const, answer, template: of }));

const volumes: PodAttempt[] = (
  [
    ["no size", {}],
    ["a size of 0", { sizeLimit: "0" }],
    ["memory without a size", { medium: "Memory" }],
  ] as const
).map(([name, emptyDir]) => ({
  name: `an empty volume with ${name}`,
  policy: "volumes" as const,
  answer: "must have a sizeLimit",
  template: template({ volumes: [{ name: "data", emptyDir }] }),
}));

/** Each is refused in every kind that is a pod or makes pods. */
export const podAttempts: readonly PodAttempt[] = [
  ...images,
  ...registries,
  ...places,
  ...scheduling,
  ...nodeUpgrades,
  ...volumes,
  ...["system-cluster-critical", "system-node-critical"].map((priorityClassName) => ({
    name: `priority ${priorityClassName}`,
    policy: "priorities" as const,
    answer: "priority classes of the system",
    template: template({ priorityClassName }),
  })),
];

/** What of a pod or a Job that is there can be changed at all. */
const changes = {
  /** A container's image. */
  images: ({ policy, template: { spec } }: PodAttempt) =>
    policy === "images" && !("initContainers" in spec) && !("volumes" in spec),
  /** A pod's own annotations and finalizers. */
  metadata: ({ template: { metadata } }: PodAttempt) =>
    metadata !== undefined && ("annotations" in metadata || "finalizers" in metadata),
  tolerations: ({ template: { spec } }: PodAttempt) => "tolerations" in spec,
  /** Of a suspended Job: annotations of its pods, and which nodes they may run on. */
  scheduling: ({ template: { metadata, spec } }: PodAttempt) =>
    "tolerations" in spec || (metadata !== undefined && "annotations" in metadata),
};

/** The attempts that are a change of that and of nothing else. */
export function attemptsOn(change: keyof typeof changes): PodAttempt[] {
  return podAttempts.filter(changes[change]);
}

/** What is let in in every kind. */
export const podsLetIn: readonly { readonly name: string; readonly template: Template }[] = [
  { name: "a plain pod", template: template() },
  { name: "a registry with its port", template: container(`ghcr.io:443/pets/app@${DIGEST}`) },
  { name: "an image that the platform excuses", template: container("registry.example.com/pets/petstore:unstable") },
  { name: "any tag of a repository that the platform excuses", template: container("quay.io/pets/tool:2.1") },
  {
    name: "an image volume by digest",
    template: template({ volumes: [{ name: "data", image: { reference: IMAGE } }] }),
  },
  {
    name: "tolerations that the platform allows, and Kubernetes' own",
    template: template({
      tolerations: [
        { key: "example.com/gpu", operator: "Equal", value: "pets", effect: "NoSchedule" },
        { key: "example.com/spot", operator: "Exists" },
        { key: "node.kubernetes.io/not-ready", operator: "Exists", effect: "NoExecute", tolerationSeconds: 300 },
      ],
    }),
  },
  {
    name: "affinity within the namespace",
    template: template({ affinity: { podAntiAffinity: { [REQUIRED]: [everywhere] } } }),
  },
  { name: "a node selector", template: template({ nodeSelector: { "kubernetes.io/arch": "arm64" } }) },
  { name: "the longest grace period", template: template({ terminationGracePeriodSeconds: 900 }) },
  { name: "safe-to-evict: true", template: annotated("cluster-autoscaler.kubernetes.io/safe-to-evict", "true") },
  {
    name: "empty volumes with a size",
    template: template({
      volumes: [
        { name: "data", emptyDir: { sizeLimit: "64Mi" } },
        { name: "memory", emptyDir: { medium: "Memory", sizeLimit: "64Mi" } },
      ],
    }),
  },
  { name: "a priority of the company's", template: template({ priorityClassName: "batch" }) },
];

function annotated(key: string, value: string): Template {
  return template({}, { annotations: { [key]: value } });
}
