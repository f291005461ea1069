import { z } from "zod";

/** Labels that Auto Mode knows of nodes: https://docs.aws.amazon.com/eks/latest/userguide/create-node-pool.html. Karpenter's own differ. */
const keys = [
  "karpenter.sh/capacity-type",
  "kubernetes.io/arch",
  "node.kubernetes.io/instance-type",
  "topology.kubernetes.io/zone",
  ...[
    "category",
    "cpu",
    "cpu-manufacturer",
    "ebs-bandwidth",
    "encryption-in-transit-supported",
    "family",
    "generation",
    "gpu-count",
    "gpu-manufacturer",
    "gpu-memory",
    "gpu-name",
    "hypervisor",
    "local-nvme",
    "memory",
    "network-bandwidth",
    "size",
  ].map((name) => `eks.amazonaws.com/instance-${name}`),
] as const;

const operators = ["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"] as const;

/** What each operator wants of its values. Undefined: nothing is wrong. */
const wanted: Readonly<Record<(typeof operators)[number], (values: readonly string[]) => string | undefined>> = {
  In: some,
  NotIn: some,
  Exists: none,
  DoesNotExist: none,
  Gt: number,
  Lt: number,
};

/** Something that a node's label must be. */
export const requirement = z
  .strictObject({
    key: z.enum(keys, `must be a label that Auto Mode knows: ${keys.join(", ")}`),
    operator: z.enum(operators, `must be one of ${operators.join(", ")}`),
    /** @default none, as Exists and DoesNotExist have it */
    values: z
      .array(z.string().regex(/^[A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?$/, "must be the value of a label"))
      .readonly()
      .default([]),
  })
  .superRefine(({ operator, values }, context) => {
    const message = wanted[operator](values);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["values"], message, input: values });
  });

function some(values: readonly string[]): string | undefined {
  return values.length > 0 ? undefined : "must name one value or more with In and NotIn";
}

function none(values: readonly string[]): string | undefined {
  return values.length === 0 ? undefined : "must be left out with Exists and DoesNotExist";
}

function number(values: readonly string[]): string | undefined {
  const [only = "", ...others] = values;
  return others.length === 0 && /^\d+$/.test(only) ? undefined : "must be one whole number with Gt and Lt";
}
