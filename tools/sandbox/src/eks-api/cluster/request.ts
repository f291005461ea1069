import { AuthenticationMode, IpFamily, LogType, SupportType } from "@aws-sdk/client-eks";
import { z } from "zod";
import { requestBody, resourceName, roleArn, tags } from "../http/body";

const enabled = z.strictObject({ enabled: z.boolean().optional() });

const logging = z.strictObject({
  clusterLogging: z
    .array(z.strictObject({ types: z.array(z.enum(LogType)).optional(), enabled: z.boolean().optional() }))
    .optional(),
});

const computeConfig = z.strictObject({
  enabled: z.boolean().optional(),
  nodePools: z.array(z.enum(["general-purpose", "system"])).optional(),
  nodeRoleArn: roleArn.optional(),
});

const storageConfig = z.strictObject({ blockStorage: enabled.optional() });

const kubernetesNetworkConfig = z.strictObject({
  serviceIpv4Cidr: z.string().optional(),
  ipFamily: z.enum(IpFamily).optional(),
  elasticLoadBalancing: enabled.optional(),
});

const vpcConfig = {
  securityGroupIds: z.array(z.string()).max(5).optional(),
  endpointPublicAccess: z.boolean().optional(),
  endpointPrivateAccess: z.boolean().optional(),
  publicAccessCidrs: z.array(z.string()).max(40).optional(),
};
const subnetIds = z.array(z.string()).min(1);

const encryptionConfig = z
  .array(
    z.strictObject({
      resources: z.array(z.literal("secrets")).min(1),
      provider: z.strictObject({
        keyArn: z
          .string()
          .regex(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:(key|alias)\/.+$/, "must be the ARN of a KMS key"),
      }),
    }),
  )
  .max(1);

/** Blocks that a cluster keeps and answers exactly as they were sent: an answer that nobody asked for is a change in every plan. */
const asSent = {
  zonalShiftConfig: enabled.optional(),
  computeConfig: computeConfig.optional(),
  storageConfig: storageConfig.optional(),
};

export const createClusterRequest = requestBody({
  name: resourceName(100),
  version: z.string().optional(),
  roleArn,
  bootstrapSelfManagedAddons: z.boolean().optional(),
  resourcesVpcConfig: z.strictObject({ ...vpcConfig, subnetIds }),
  kubernetesNetworkConfig: kubernetesNetworkConfig.optional(),
  logging: logging.optional(),
  encryptionConfig: encryptionConfig.optional(),
  accessConfig: z
    .strictObject({
      authenticationMode: z.enum(AuthenticationMode).optional(),
      bootstrapClusterCreatorAdminPermissions: z.boolean().optional(),
    })
    .optional(),
  upgradePolicy: z.strictObject({ supportType: z.enum(SupportType).optional() }).optional(),
  ...asSent,
  tags: tags.optional(),
});

export const updateVersionRequest = requestBody({ version: z.string(), force: z.boolean().optional() });

export const updateConfigRequest = requestBody({
  resourcesVpcConfig: z.strictObject({ ...vpcConfig, subnetIds: subnetIds.optional() }).optional(),
  kubernetesNetworkConfig: kubernetesNetworkConfig.optional(),
  logging: logging.optional(),
  accessConfig: z.strictObject({ authenticationMode: z.enum(AuthenticationMode) }).optional(),
  upgradePolicy: z.strictObject({ supportType: z.enum(SupportType) }).optional(),
  ...asSent,
});

export const associateEncryptionRequest = requestBody({ encryptionConfig: encryptionConfig.min(1) });

export type CreateClusterBody = z.infer<typeof createClusterRequest>;
export type UpdateVersionBody = z.infer<typeof updateVersionRequest>;
export type UpdateConfigBody = z.infer<typeof updateConfigRequest>;
export type AssociateEncryptionBody = z.infer<typeof associateEncryptionRequest>;
