import { randomBytes } from "node:crypto";
import { grantCreator, grantNodes } from "../access/automatic";
import { type Context, eksArn } from "../context";
import { reasonOf, refuse } from "../http/errors";
import type { Call } from "../http/route";
import { clusterRoleProblems, nodeRoleProblems } from "../roles";
import { ClusterRecord, type StoredCluster } from "../store";
import { checkVersion, DEFAULT_VERSION, PLATFORM_VERSION } from "../versions";
import { autoModeProblems } from "./auto-mode";
import { publishIssuer } from "./issuer";
import { mergeLogging } from "./logging";
import type { CreateClusterBody } from "./request";
import { defaultServiceCidr, endpointProblems, findVpc, publicCidrs, serviceCidrProblems } from "./vpc";

/** Answers a cluster that is CREATING; it is ACTIVE once its control plane answers. */
export async function createCluster(context: Context, { body, accessKeyId }: Call<never, CreateClusterBody>) {
  const { network, identities } = context.account;
  context.store.clusters.checkFree(body.name);
  const vpc = await checkRequest(context, body);
  const cluster = newCluster(context, body, vpc);
  const record = new ClusterRecord(cluster, await identities.principalOf(accessKeyId));
  context.store.clusters.add(cluster.name, record);
  try {
    cluster.resourcesVpcConfig.clusterSecurityGroupId = await network.createClusterSecurityGroup(
      cluster.name,
      vpc.vpcId,
    );
  } catch (fault) {
    context.store.clusters.delete(cluster.name);
    throw fault;
  }
  grantCreator(context, record);
  grantAutoModeNodes(context, record);
  context.inBackground(() => startControlPlane(context, record));
  return { cluster };
}

/** Nodes of Auto Mode's own pools join by an access entry that EKS makes. */
export function grantAutoModeNodes(context: Context, record: ClusterRecord): void {
  const { enabled, nodeRoleArn } = record.cluster.computeConfig ?? {};
  if (enabled === true && nodeRoleArn !== undefined) grantNodes(context, record, nodeRoleArn, "EC2");
}

async function startControlPlane(context: Context, record: ClusterRecord): Promise<void> {
  const { controlPlane, controllers } = context;
  const { cluster } = record;
  try {
    const address = await controlPlane.start(cluster);
    cluster.endpoint = address.endpoint;
    cluster.certificateAuthority = { data: Buffer.from(address.certificateAuthority).toString("base64") };
    await publishIssuer(context, cluster);
    controllers.start(record);
    cluster.status = "ACTIVE";
  } catch (fault) {
    cluster.status = "FAILED";
    cluster.health = { issues: [{ code: "InternalFailure", message: reasonOf(fault), resourceIds: [cluster.name] }] };
  }
}

interface Vpc {
  readonly vpcId: string;
  readonly cidrs: readonly string[];
}

async function checkRequest(context: Context, body: CreateClusterBody): Promise<Vpc> {
  const { network } = context.account;
  if (body.version !== undefined) checkVersion(body.version);
  const { vpcId = "", problems } = await findVpc(context, body.resourcesVpcConfig);
  const cidrs = vpcId === "" ? [] : await network.vpcCidrs(vpcId);
  const { enabled: autoMode = false, nodeRoleArn } = body.computeConfig ?? {};
  refuse([
    ...problems,
    ...(await clusterRoleProblems(context, body.roleArn, { cluster: body.name, autoMode })),
    ...(nodeRoleArn === undefined ? [] : await nodeRoleProblems(context, nodeRoleArn)),
    ...endpointProblems(body.resourcesVpcConfig),
    ...serviceCidrProblems(body.kubernetesNetworkConfig?.serviceIpv4Cidr, cidrs),
    ...accessProblems(body),
  ]);
  return { vpcId, cidrs };
}

function accessProblems(body: CreateClusterBody): string[] {
  const { authenticationMode = "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions } = body.accessConfig ?? {};
  const problems = autoModeProblems({ ...body, authenticationMode });
  if (authenticationMode === "CONFIG_MAP" && bootstrapClusterCreatorAdminPermissions === false) {
    problems.push(
      "bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP",
    );
  }
  if (body.computeConfig?.enabled === true && body.bootstrapSelfManagedAddons === true) {
    problems.push("When EKS Auto Mode is enabled, bootstrapSelfManagedAddons must be set to false.");
  }
  return problems;
}

function newCluster(context: Context, body: CreateClusterBody, { vpcId, cidrs }: Vpc): StoredCluster {
  const { name, roleArn, version = DEFAULT_VERSION, accessConfig, tags = {} } = body;
  const { zonalShiftConfig, computeConfig, storageConfig, encryptionConfig } = body;
  // EKS names a cluster's OIDC issuer and its endpoint with an id of this form.
  const id = randomBytes(16).toString("hex").toUpperCase();
  return {
    name,
    arn: eksArn(context, `cluster/${name}`),
    createdAt: new Date(),
    status: "CREATING",
    version,
    platformVersion: PLATFORM_VERSION,
    roleArn,
    resourcesVpcConfig: vpcConfig(body, vpcId),
    kubernetesNetworkConfig: networkConfig(body, cidrs),
    logging: mergeLogging(undefined, body.logging),
    identity: { oidc: { issuer: `https://oidc.eks.${context.region}.amazonaws.com/id/${id}` } },
    accessConfig: {
      authenticationMode: accessConfig?.authenticationMode ?? "CONFIG_MAP",
      bootstrapClusterCreatorAdminPermissions: accessConfig?.bootstrapClusterCreatorAdminPermissions ?? true,
    },
    upgradePolicy: { supportType: body.upgradePolicy?.supportType ?? "EXTENDED" },
    health: { issues: [] },
    tags,
    // As sent, or not at all: an answer that nobody asked for is a change in every plan.
    zonalShiftConfig,
    computeConfig,
    storageConfig,
    encryptionConfig,
  };
}

function vpcConfig(
  { resourcesVpcConfig: asked }: CreateClusterBody,
  vpcId: string,
): StoredCluster["resourcesVpcConfig"] {
  const endpointPublicAccess = asked.endpointPublicAccess ?? true;
  return {
    vpcId,
    subnetIds: asked.subnetIds,
    securityGroupIds: asked.securityGroupIds ?? [],
    endpointPublicAccess,
    endpointPrivateAccess: asked.endpointPrivateAccess ?? false,
    publicAccessCidrs: publicCidrs(asked.publicAccessCidrs, endpointPublicAccess),
  };
}

function networkConfig({ kubernetesNetworkConfig: asked = {} }: CreateClusterBody, vpcCidrs: readonly string[]) {
  const { ipFamily = "ipv4", elasticLoadBalancing } = asked;
  const services =
    ipFamily === "ipv6"
      ? {
          serviceIpv6Cidr: `fd${randomBytes(5)
            .toString("hex")
            .replace(/^(..)(....)(....)$/, "$1:$2:$3")}::/108`,
        }
      : { serviceIpv4Cidr: asked.serviceIpv4Cidr ?? defaultServiceCidr(vpcCidrs) };
  return { ipFamily, ...services, elasticLoadBalancing };
}
