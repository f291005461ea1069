import { all, at, type Fields, type WrittenObject } from "../written-objects";
import { containersOf, resourcesOf } from "./pods";

/** What there is not on Fargate. */
interface Refusal<T> {
  /** What of it is found, such as a port. Empty: nothing. */
  readonly found: (asked: T) => readonly unknown[];
  /** What it is, the reason and the way out. */
  readonly message: string;
}

/** What a pod is sure to get: all other resources, GPUs among them, are devices of a node. */
const RESOURCES = ["cpu", "memory", "ephemeral-storage"];

/** Labels of nodes that a pod may ask for, with the values that machines of Fargate have. */
const NODE_LABELS: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/arch": ["amd64"],
  "kubernetes.io/os": ["linux"],
  "eks.amazonaws.com/capacityType": [],
  "karpenter.sh/capacity-type": [],
};

/** https://docs.aws.amazon.com/eks/latest/userguide/fargate.html, "AWS Fargate considerations" */
const ofPods: readonly Refusal<Fields>[] = [
  {
    found: (pod) => ["hostNetwork", "hostPID", "hostIPC", "hostPid", "hostIpc"].filter((field) => pod[field] === true),
    message: "a pod on Fargate has a machine that AWS keeps, and no share in its network or processes; leave it out",
  },
  {
    found: (pod) => containersOf(pod).flatMap((container) => all(container, "ports").filter(hasHostPort)),
    message: "hostPort is a port of a node, which Fargate has not; leave it out and take a Service",
  },
  {
    found: (pod) => containersOf(pod).filter((container) => at(container, "securityContext", "privileged") === true),
    message: "privileged containers do not run on Fargate; leave it out, or run it on managed nodes",
  },
  {
    found: (pod) =>
      containersOf(pod)
        .flatMap(resourcesOf)
        .filter((name) => !RESOURCES.includes(name)),
    message: "Fargate has CPU, memory and disk, and no GPU or other device; run it on managed nodes",
  },
  {
    found: (pod) => all(pod, "volumes").filter((volume) => at(volume, "hostPath") !== undefined),
    message: "hostPath is a folder of a node, which Fargate has not; take an emptyDir",
  },
  {
    found: (pod) =>
      all(pod, "volumes").filter((volume) =>
        ["ephemeral", "awsElasticBlockStore"].some((kind) => at(volume, kind) !== undefined),
      ),
    message: "no EBS volume can be mounted on Fargate; take an emptyDir, or run it on managed nodes",
  },
  {
    found: (pod) => Object.entries(NODE_LABELS).flatMap(([label, values]) => wanted(pod, label, values)),
    message:
      "machines of Fargate are Linux on amd64, on demand: no ARM, no Spot; leave the node selector out, or run it on managed nodes",
  },
];

const ofObjects: readonly Refusal<WrittenObject>[] = [
  {
    found: ({ kind }) => (kind === "daemonset" ? [kind] : []),
    message:
      "a DaemonSet runs a pod on every node, and Fargate has none; make it a sidecar, or run it on managed nodes",
  },
  {
    found: ({ fields }) => all(fields, "spec", "volumeClaimTemplates"),
    message:
      "a StatefulSet with volumes of its own needs a disk for each pod, and no EBS volume can be mounted on Fargate; keep its data elsewhere, or run it on managed nodes",
  },
  {
    found: ({ kind, fields }) =>
      kind === "persistentvolumeclaim" && at(fields, "spec", "volumeName") === undefined ? [kind] : [],
    message:
      "nobody makes volumes on Fargate; name one of EFS that is there (volumeName), take an emptyDir, or run it on managed nodes",
  },
  {
    found: ({ kind, fields }) =>
      kind === "storageclass" && /(^|[./])ebs\./.test(String(fields["provisioner"] ?? fields["storageProvisioner"]))
        ? [kind]
        : [],
    message: "a class of EBS volumes has no use on Fargate, where none can be mounted; leave it out",
  },
  {
    found: ({ kind, fields }) =>
      kind === "targetgroupbinding" && at(fields, "spec", "targetType") !== "ip" ? [kind] : [],
    message: "targets on Fargate are addresses of pods: there is no instance to register; say targetType: ip",
  },
  {
    found: ({ fields }) => INSTANCE_TARGETS.filter((key) => at(fields, "metadata", "annotations", key) === "instance"),
    message: "targets on Fargate are addresses of pods: there is no instance to register; say ip",
  },
];

/** Annotations by which an Ingress or a Service says what its targets are. */
const INSTANCE_TARGETS = [
  "alb.ingress.kubernetes.io/target-type",
  "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type",
];

/** What a pod asks for that Fargate has not. */
export function refusedOfPod(pod: Fields): string[] {
  return ofPods.filter(({ found }) => found(pod).length > 0).map(({ message }) => message);
}

/** What an object is, or asks for beside its pods, that Fargate has not. */
export function refusedOfObject(object: WrittenObject): string[] {
  return ofObjects.filter(({ found }) => found(object).length > 0).map(({ message }) => message);
}

function hasHostPort(port: unknown): boolean {
  return Boolean(at(port, "hostPort"));
}

/** Values of a node's label that the pod must have and no machine of Fargate has. */
function wanted(pod: Fields, label: string, values: readonly string[]): unknown[] {
  const has = (value: unknown) => typeof value === "string" && values.includes(value);
  const selected = at(pod, "nodeSelector", label);
  const terms = all(
    at(pod, "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"),
    "nodeSelectorTerms",
  );
  const inTerms = terms.map((term) =>
    all(term, "matchExpressions")
      .filter((expression) => at(expression, "key") === label && at(expression, "operator") === "In")
      .flatMap((expression) => all(expression, "values")),
  );
  const unmet = (asked: readonly unknown[]) => asked.length > 0 && !asked.some(has);
  return [
    ...(selected === undefined || has(selected) ? [] : [selected]),
    // A pod needs one of the terms.
    ...(inTerms.length > 0 && inTerms.every(unmet) ? inTerms.flat() : []),
  ];
}
