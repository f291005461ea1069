/** A field of a describe answer that Terraform's AWS provider needs, and what shows it. */
export interface NeededField {
  /** Path within the object, e.g. "resourcesVpcConfig.subnetIds"; "" for the object itself. */
  readonly field: string;
  /**
   * What a plan wants when the field is missing: to replace, update or create the object. "lose": no change of the object, but
   * an attribute that others read is empty.
   */
  readonly effect: "replace" | "update" | "create" | "lose";
  /** The attribute that is lost, e.g. "endpoint". */
  readonly attribute?: string;
  /** Arguments of the object besides those of its kind; null takes one away. */
  readonly given?: Readonly<Record<string, unknown>>;
}

const replace = (field: string, given = {}): NeededField => ({ field, effect: "replace", given });
const update = (field: string, given = {}): NeededField => ({ field, effect: "update", given });
const lose = (field: string, attribute: string, given = {}): NeededField => ({
  field,
  effect: "lose",
  attribute,
  given,
});
/** Read as deleted when the answer comes without it. */
const whole: NeededField = { field: "", effect: "create" };

/** By the kind of object. */
export const NEEDED_FIELDS = {
  cluster: [
    whole,
    replace("name"),
    replace("roleArn"),
    replace("kubernetesNetworkConfig"),
    replace("kubernetesNetworkConfig.serviceIpv4Cidr"),
    replace("kubernetesNetworkConfig.ipFamily"),
    replace("accessConfig"),
    update("accessConfig.authenticationMode"),
    update("version"),
    update("tags"),
    update("logging"),
    update("encryptionConfig"),
    update("upgradePolicy"),
    update("zonalShiftConfig"),
    update("resourcesVpcConfig.subnetIds"),
    update("resourcesVpcConfig.securityGroupIds"),
    update("resourcesVpcConfig.endpointPrivateAccess"),
    update("resourcesVpcConfig.endpointPublicAccess"),
    update("resourcesVpcConfig.publicAccessCidrs"),
    lose("arn", "arn"),
    lose("status", "status"),
    lose("endpoint", "endpoint"),
    lose("certificateAuthority.data", "certificate_authority[0].data"),
    lose("identity.oidc.issuer", "identity[0].oidc[0].issuer"),
    lose("platformVersion", "platform_version"),
    lose("resourcesVpcConfig.vpcId", "vpc_config[0].vpc_id"),
    lose("resourcesVpcConfig.clusterSecurityGroupId", "vpc_config[0].cluster_security_group_id"),
  ],
  autoModeCluster: [
    whole,
    update("computeConfig"),
    update("computeConfig.enabled"),
    update("computeConfig.nodePools"),
    update("computeConfig.nodeRoleArn"),
    update("storageConfig"),
    update("storageConfig.blockStorage"),
    update("kubernetesNetworkConfig.elasticLoadBalancing"),
  ],
  nodegroup: [
    whole,
    replace("nodegroupName"),
    replace("clusterName"),
    replace("nodeRole"),
    replace("subnets"),
    replace("amiType"),
    replace("capacityType"),
    replace("instanceTypes"),
    replace("launchTemplate"),
    replace("launchTemplate.id"),
    update("launchTemplate.version"),
    update("scalingConfig"),
    update("labels"),
    update("taints"),
    update("updateConfig"),
    update("version"),
    update("nodeRepairConfig"),
    update("tags"),
    lose("nodegroupArn", "arn"),
    lose("status", "status"),
    lose("releaseVersion", "release_version"),
    lose("diskSize", "disk_size", { launch_template: null }),
    lose("resources.autoScalingGroups", "resources[0].autoscaling_groups"),
    lose("launchTemplate.name", "launch_template[0].name"),
  ],
  fargateProfile: [
    whole,
    replace("fargateProfileName"),
    replace("clusterName"),
    replace("podExecutionRoleArn"),
    replace("selectors"),
    replace("subnets"),
    update("tags"),
    lose("fargateProfileArn", "arn"),
    lose("status", "status"),
  ],
  addon: [
    whole,
    replace("addonName"),
    replace("clusterName"),
    update("addonVersion"),
    update("configurationValues"),
    update("serviceAccountRoleArn"),
    update("podIdentityAssociations", {
      pod_identity_association: { service_account: "aws-node", role_arn: "${local.role}" },
    }),
    update("tags"),
    lose("addonArn", "arn"),
    lose("createdAt", "created_at"),
    lose("modifiedAt", "modified_at"),
  ],
  accessEntry: [
    whole,
    replace("principalArn"),
    replace("clusterName"),
    replace("type"),
    update("kubernetesGroups"),
    update("username"),
    update("tags"),
    lose("accessEntryArn", "access_entry_arn"),
    lose("createdAt", "created_at"),
    lose("modifiedAt", "modified_at"),
  ],
  associatedAccessPolicy: [
    whole,
    replace("accessScope"),
    { field: "policyArn", effect: "create" },
    lose("associatedAt", "associated_at"),
    lose("modifiedAt", "modified_at"),
  ],
  podIdentityAssociation: [
    whole,
    replace("clusterName"),
    replace("namespace"),
    replace("serviceAccount"),
    update("roleArn"),
    update("tags"),
    lose("associationArn", "association_arn"),
    lose("associationId", "association_id"),
  ],
  identityProviderConfig: [
    whole,
    replace("identityProviderConfigName"),
    replace("clusterName"),
    replace("issuerUrl"),
    replace("clientId"),
    replace("usernameClaim"),
    replace("usernamePrefix"),
    replace("groupsClaim"),
    replace("groupsPrefix"),
    replace("requiredClaims"),
    update("tags"),
    lose("identityProviderConfigArn", "arn"),
    lose("status", "status"),
  ],
} as const satisfies Record<string, readonly NeededField[]>;

export type Kind = keyof typeof NEEDED_FIELDS;

export const KINDS: readonly Kind[] = Object.keys(NEEDED_FIELDS).filter((name): name is Kind => name in NEEDED_FIELDS);

/** Names the object that lacks a field; EKS, IAM and Terraform all take it. */
export function labelOf(kind: Kind, { field }: NeededField): string {
  return `${kind}_${field.replaceAll(".", "_") || "whole"}`;
}
