import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { zone } from "../../../network/cidr";
import { distinct } from "../../../distinct";
import { architectureOf, isMac } from "./instance-types";
import { ownImage } from "./own-image";

/** Amazon Linux 2023 as EKS builds it: all of these have one volume, /dev/xvda, and are configured by nodeadm. */
const amiTypes = [
  "AL2023_x86_64_STANDARD",
  "AL2023_ARM_64_STANDARD",
  "AL2023_x86_64_NVIDIA",
  "AL2023_ARM_64_NVIDIA",
  "AL2023_x86_64_NEURON",
] as const;

/** What EKS gives a group that says nothing of its image. */
export const DEFAULT_AMI_TYPE = "AL2023_x86_64_STANDARD";

const instanceTypes = z
  .array(
    z
      .string()
      .regex(/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/, "must be an EC2 instance type such as m7i.large")
      .refine((type) => !isMac(type), "runs macOS alone, which no node has; take another family"),
  )
  .min(1, "must name at least one instance type");
const amiType = z.enum(amiTypes, `must be one of ${amiTypes.join(", ")}`);

const reservedLabel = /^([^/]*\.)?(kubernetes\.io|k8s\.io|eks\.amazonaws\.com)\//;
const qualifiedName = /^([a-z0-9]([a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const labelValue = /^([A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?)?$/;

const key = z
  .string()
  .max(63, "must be at most 63 characters, says EKS")
  .regex(qualifiedName, "must be a Kubernetes key such as example.com/purpose");
const labelKey = key.refine(
  (label) => !reservedLabel.test(label),
  "must not have a prefix that Kubernetes and EKS keep for themselves; take one of your own domain",
);

const taint = z.strictObject({
  key,
  value: z.string().regex(labelValue, "must be a label value of at most 63 letters, digits, -, _ and .").optional(),
  effect: z.enum(
    ["NoSchedule", "PreferNoSchedule", "NoExecute"],
    "must be NoSchedule, PreferNoSchedule or NoExecute, as in Kubernetes",
  ),
});

const nodes = z.int("must be a whole number of nodes").min(0, "must not be less than 0");
const size = z.strictObject({
  min: nodes,
  desired: nodes,
  max: nodes.min(1, "must be at least 1; to have no nodes, remove the group or set min and desired to 0"),
});

/** An instance of the other architecture does not boot, and EKS says so only when it makes the group. */
function architectureProblem({
  instanceTypes,
  amiType: ofEks = DEFAULT_AMI_TYPE,
  ami,
}: {
  readonly instanceTypes: readonly string[];
  readonly amiType?: z.output<typeof amiType> | undefined;
  readonly ami?: z.output<typeof ownImage> | undefined;
}): string | undefined {
  const architecture = ami?.architecture ?? (ofEks.includes("ARM_64") ? "arm64" : "x86_64");
  const others = instanceTypes.filter((type) => architectureOf(type) !== architecture);
  if (others.length === 0) return undefined;
  const [image, wayOut] = ami === undefined ? [ofEks, "another amiType"] : [ami.id, "an image that was built for them"];
  return `must all be ${architecture}, as the image ${image} is, and ${others.join(", ")} ${others.length === 1 ? "is" : "are"} not; take other types or ${wayOut}`;
}

/** What EKS says of its own images, and refuses where a group has another. */
const OF_EKS_IMAGES = ["amiType", "releaseVersion"] as const;

/** One managed node group. Its name, instance types and AMI type cannot change in place: add a group, then remove the old one. */
const nodeGroup = z
  .strictObject({
    /** Several make a spot group more likely to get capacity; take types of like size, as Cluster Autoscaler reckons with the first. */
    instanceTypes,
    /** EKS's image, of the architecture that the instance types have. @default AL2023_x86_64_STANDARD */
    amiType: amiType.optional(),
    /**
     * An image of the company's own in place of EKS's. A group has one from its beginning on, or never: EKS refuses the change. Add a
     * group of another name, deploy, take the old one out, deploy. @default EKS's
     */
    ami: ownImage.optional(),
    /**
     * Release of the image, such as 1.35.6-20260728, of those that are known of the nodes' Kubernetes version. A newer one goes
     * into that version's file with its source; then it is the default of every group, or this setting gives it to one group first.
     * A change replaces the group's nodes. EKS takes its newest release whenever the launch template alone changes, so change
     * both at once. @default the first that is known
     */
    releaseVersion: z
      .string()
      .regex(/^1\.\d{2}\.\d+-\d{8}$/, "must be a release of EKS's image, such as 1.35.6-20260728")
      .optional(),
    /**
     * Whether an update deletes pods that a disruption budget keeps from leaving for more than 15 minutes; else it fails and leaves
     * the group as it is. @default false
     */
    forceUpdateVersion: z.boolean("must be true or false").default(false),
    /** @default on-demand */
    capacity: z.enum(["on-demand", "spot"], "must be on-demand or spot").default("on-demand"),
    /**
     * Letters of the network's zones in which a group of this name and size each is made: "a" makes general-a. Pods with volumes need
     * that, for a volume stays in its zone, and Cluster Autoscaler cannot choose a zone within a group.
     * @default one group over all zones
     */
    zones: z
      .array(zone)
      .min(1, "must name a zone; without the setting one group stands in all of them")
      .refine(distinct, "names a zone twice; name each once")
      .optional(),
    /** Number of nodes. `desired` is what the group starts with; from then on Cluster Autoscaler moves it between the two others. */
    size,
    /** Root volume of each node. @default 20, what EKS itself gives a Linux node */
    diskGiB: z
      .int("must be a whole number of GiB")
      .min(20, "must be at least 20: the AMI's snapshot is that large")
      .max(16384, "must be at most 16384, the most that gp3 has")
      .default(20),
    /**
     * Processes and threads that each pod may have at most. A node has room for a limited number of them: without a limit one pod could
     * take them all, and stop the kubelet with the pods of every team on the node. A change replaces the group's nodes.
     * @default 1024: those of 29 pods, the most of a node of 2 vCPUs, are less than half of what Linux has room for in 8 GiB
     */
    podProcesses: z
      .int("must be a whole number")
      .min(64, "must be at least 64: a runtime's own threads are some dozens")
      .max(65536, "must be at most 65536, as many as Linux has room for in 8 GiB")
      .default(1024),
    /** Labels of the group's nodes. @default none beside those of EKS */
    labels: z
      .record(
        labelKey,
        z.string().min(1, "must not be empty: EKS refuses it").regex(labelValue, "must be a label value"),
      )
      .default({}),
    /** @default none */
    taints: z
      .array(taint)
      .refine(
        (taints) => distinct(taints.map(({ key }) => key)),
        "must name each key once: Cluster Autoscaler learns of one taint for a key",
      )
      .default([]),
    /** Share of the nodes that an update of the group may replace at once, in percent. @default 33 */
    maxUnavailablePercentage: z
      .int("must be a whole number of percent")
      .min(1, "must be at least 1")
      .max(100, "must be at most 100")
      .default(33),
  })
  .superRefine(
    (group, context) => {
      const message = architectureProblem(group);
      if (message !== undefined) context.addIssue({ code: "custom", path: ["instanceTypes"], message });
    },
    { when: whenValid({ instanceTypes, amiType: amiType.optional(), ami: ownImage.optional() }) },
  )
  .superRefine(
    (group, context) => {
      if (group.ami === undefined) return;
      for (const name of OF_EKS_IMAGES)
        if (group[name] !== undefined)
          context.addIssue({
            code: "custom",
            path: [name],
            message: "is of EKS's own images, and the group has another, ami; remove one of the two",
          });
    },
    { when: whenValid({ ami: ownImage.optional() }) },
  )
  .refine(({ size: { min, desired, max } }) => min <= desired && desired <= max, {
    path: ["size"],
    message: "must have min <= desired <= max",
    when: whenValid({ size }),
  });

export type NodeGroupSettings = z.output<typeof nodeGroup>;

/** Whether a pod with no toleration may run there. */
export function letsAnyPodIn({ taints }: Pick<NodeGroupSettings, "taints">): boolean {
  return taints.every(({ effect }) => effect === "PreferNoSchedule");
}

/** Whether a pod with no toleration always finds a node there. */
function takesAnyPod(group: NodeGroupSettings): boolean {
  return group.size.min > 0 && letsAnyPodIn(group);
}

/** What EKS calls the group of a setting in one zone. */
export function groupName(name: string, zone: string): string {
  return `${name}-${zone}`;
}

/** The groups of a cluster, by name. */
export const nodeGroups = z
  .record(
    z
      .string()
      .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "must be lower case letters, digits and single dashes, such as general")
      .max(40, "must be at most 40 characters"),
    nodeGroup,
  )
  .refine(
    (groups) => Object.values(groups).some(takesAnyPod),
    "must have a group with min of at least 1 and no NoSchedule or NoExecute taint: CoreDNS and Cluster Autoscaler need a node before anything can scale",
  )
  .refine((groups) => {
    const names = Object.entries(groups).flatMap(([name, { zones }]) =>
      zones === undefined ? [name] : [...new Set(zones)].map((zone) => groupName(name, zone)),
    );
    return distinct(names);
  }, "must not make two groups of one name: one for a zone is named after both, such as general-a");
