import { AMITypes, CapacityTypes, TaintEffect } from "@aws-sdk/client-eks";
import { z } from "zod";
import { requestBody, resourceName, roleArn, tags } from "../http/body";

const count = z.number().int().min(0);

const scalingConfig = z.strictObject({
  minSize: count.optional(),
  maxSize: z.number().int().min(1).optional(),
  desiredSize: count.optional(),
});

const updateConfig = z
  .strictObject({
    maxUnavailable: z.number().int().min(1).max(100).optional(),
    maxUnavailablePercentage: z.number().int().min(1).max(100).optional(),
  })
  .refine((config) => (config.maxUnavailable === undefined) !== (config.maxUnavailablePercentage === undefined), {
    message: "needs one of maxUnavailable and maxUnavailablePercentage",
  });

const RESERVED_LABELS = ["kubernetes.io/", "k8s.io/", "eks.amazonaws.com/"];

const labels = z.record(
  z.string().refine((key) => !RESERVED_LABELS.some((prefix) => key.startsWith(prefix)), {
    message: `Label cannot contain reserved prefixes [${RESERVED_LABELS.join(", ")}]`,
  }),
  z.string().max(63),
);

const taints = z
  .array(
    z.strictObject({
      key: z.string().min(1).max(63),
      value: z.string().max(63).optional(),
      effect: z.enum(TaintEffect),
    }),
  )
  .max(50);

const launchTemplate = z
  .strictObject({ id: z.string().optional(), name: z.string().optional(), version: z.string().optional() })
  .refine(({ id, name }) => (id === undefined) !== (name === undefined), { message: "needs one of id and name" });

const nodeRepairConfig = z.strictObject({ enabled: z.boolean().optional() });

export const createNodegroupRequest = requestBody({
  nodegroupName: resourceName(63),
  nodeRole: roleArn,
  subnets: z.array(z.string()).min(1),
  scalingConfig: scalingConfig.optional(),
  version: z.string().optional(),
  releaseVersion: z.string().optional(),
  amiType: z.enum(AMITypes).optional(),
  capacityType: z.enum(CapacityTypes).optional(),
  instanceTypes: z.array(z.string()).max(20).optional(),
  diskSize: z.number().int().min(1).optional(),
  labels: labels.optional(),
  taints: taints.optional(),
  launchTemplate: launchTemplate.optional(),
  updateConfig: updateConfig.optional(),
  nodeRepairConfig: nodeRepairConfig.optional(),
  remoteAccess: z
    .strictObject({ ec2SshKey: z.string().optional(), sourceSecurityGroups: z.array(z.string()).optional() })
    .optional(),
  tags: tags.optional(),
});

export const updateNodegroupVersionRequest = requestBody({
  version: z.string().optional(),
  releaseVersion: z.string().optional(),
  launchTemplate: launchTemplate.optional(),
  force: z.boolean().optional(),
});

export const updateNodegroupConfigRequest = requestBody({
  scalingConfig: scalingConfig.optional(),
  updateConfig: updateConfig.optional(),
  nodeRepairConfig: nodeRepairConfig.optional(),
  labels: z
    .strictObject({ addOrUpdateLabels: labels.optional(), removeLabels: z.array(z.string()).optional() })
    .optional(),
  taints: z.strictObject({ addOrUpdateTaints: taints.optional(), removeTaints: taints.optional() }).optional(),
});

export type CreateNodegroupBody = z.infer<typeof createNodegroupRequest>;
export type UpdateNodegroupVersionBody = z.infer<typeof updateNodegroupVersionRequest>;
export type UpdateNodegroupConfigBody = z.infer<typeof updateNodegroupConfigRequest>;
