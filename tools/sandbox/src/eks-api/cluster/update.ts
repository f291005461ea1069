import type { AuthenticationMode, UpdateParamType, UpdateType } from "@aws-sdk/client-eks";
import { minorsAhead } from "@demarc/shared/environment";
import { grantCreator } from "../access/automatic";
import type { Context } from "../context";
import { EksError, invalid, refuse } from "../http/errors";
import type { Call } from "../http/route";
import { clusterRoleProblems, nodeRoleProblems } from "../roles";
import type { ClusterRecord } from "../store";
import { recordUpdate } from "../updates";
import { checkVersion } from "../versions";
import { autoModeProblems } from "./auto-mode";
import { grantAutoModeNodes } from "./create";
import { mergeLogging } from "./logging";
import type { AssociateEncryptionBody, UpdateConfigBody, UpdateVersionBody } from "./request";
import { endpointProblems, findVpc, publicCidrs } from "./vpc";

/** One minor version up at a time; EKS never goes down. */
export function updateClusterVersion(context: Context, { parameter, body }: Call<"name", UpdateVersionBody>) {
  const record = context.store.activeCluster(parameter("name"));
  const { version } = record.cluster;
  if (minorsAhead(checkVersion(body.version), version) !== 1) {
    throw invalid(`Unsupported Kubernetes minor version update from ${version} to ${body.version}`);
  }
  record.cluster.version = body.version;
  return recordUpdate(record, "VersionUpdate", [["Version", body.version]]);
}

export function associateEncryptionConfig(
  context: Context,
  { parameter, body }: Call<"name", AssociateEncryptionBody>,
) {
  const record = context.store.activeCluster(parameter("name"));
  if (record.cluster.encryptionConfig) {
    throw new EksError("InvalidRequestException", `Encryption is already enabled on cluster ${record.cluster.name}.`);
  }
  record.cluster.encryptionConfig = body.encryptionConfig;
  return recordUpdate(record, "AssociateEncryptionConfig", [["EncryptionConfig", body.encryptionConfig]]);
}

interface Change {
  readonly type: UpdateType;
  readonly params: readonly (readonly [UpdateParamType, unknown])[];
}

/** What one call may change, and how: `isAsked` tells whether a request is about it. */
interface Subject {
  readonly isAsked: (body: UpdateConfigBody) => boolean;
  readonly change: (context: Context, record: ClusterRecord, body: UpdateConfigBody) => Change | Promise<Change>;
}

const SUBJECTS: readonly Subject[] = [
  { isAsked: ({ logging }) => logging !== undefined, change: changeLogging },
  { isAsked: ({ accessConfig }) => accessConfig !== undefined, change: changeAccess },
  { isAsked: ({ upgradePolicy }) => upgradePolicy !== undefined, change: changeUpgradePolicy },
  { isAsked: ({ zonalShiftConfig }) => zonalShiftConfig !== undefined, change: changeZonalShift },
  { isAsked: asksForAutoMode, change: changeAutoMode },
  { isAsked: asksForEndpoint, change: changeEndpoint },
  { isAsked: asksForVpc, change: changeVpc },
];

/** Exactly one subject per call, as EKS has it. */
export async function updateClusterConfig(context: Context, { parameter, body }: Call<"name", UpdateConfigBody>) {
  const record = context.store.activeCluster(parameter("name"));
  const [subject, ...others] = SUBJECTS.filter(({ isAsked }) => isAsked(body));
  if (!subject) throw invalid("No changes are asked for.");
  if (others.length > 0) throw invalid("Only one type of update can be allowed.");
  const { type, params } = await subject.change(context, record, body);
  return recordUpdate(record, type, params);
}

function changeLogging(_: Context, { cluster }: ClusterRecord, { logging }: UpdateConfigBody): Change {
  cluster.logging = mergeLogging(cluster.logging, logging);
  return { type: "LoggingUpdate", params: [["ClusterLogging", logging?.clusterLogging]] };
}

/** The one way that EKS allows, a step at a time. */
const NEXT_MODE: Readonly<Partial<Record<AuthenticationMode, AuthenticationMode>>> = {
  CONFIG_MAP: "API_AND_CONFIG_MAP",
  API_AND_CONFIG_MAP: "API",
};

function changeAccess(context: Context, record: ClusterRecord, { accessConfig }: UpdateConfigBody): Change {
  const { cluster } = record;
  const from = cluster.accessConfig.authenticationMode;
  const to = accessConfig?.authenticationMode ?? from;
  if (NEXT_MODE[from] !== to) throw invalid(`Unsupported authentication mode update from ${from} to ${to}`);
  cluster.accessConfig = { ...cluster.accessConfig, authenticationMode: to };
  if (from === "CONFIG_MAP") grantCreator(context, record);
  return { type: "AccessConfigUpdate", params: [["AuthenticationMode", to]] };
}

function changeUpgradePolicy(_: Context, { cluster }: ClusterRecord, { upgradePolicy }: UpdateConfigBody): Change {
  cluster.upgradePolicy = upgradePolicy;
  return { type: "UpgradePolicyUpdate", params: [["UpgradePolicy", upgradePolicy]] };
}

function changeZonalShift(_: Context, { cluster }: ClusterRecord, { zonalShiftConfig }: UpdateConfigBody): Change {
  cluster.zonalShiftConfig = zonalShiftConfig;
  return { type: "ZonalShiftConfigUpdate", params: [["ZonalShiftConfig", zonalShiftConfig]] };
}

function asksForAutoMode(body: UpdateConfigBody): boolean {
  return [body.computeConfig, body.storageConfig, body.kubernetesNetworkConfig].some((block) => block !== undefined);
}

async function changeAutoMode(context: Context, record: ClusterRecord, body: UpdateConfigBody): Promise<Change> {
  const { cluster } = record;
  const { computeConfig, storageConfig } = body;
  const { authenticationMode } = cluster.accessConfig;
  // The rest of the network settings cannot change; callers repeat them.
  const elasticLoadBalancing = body.kubernetesNetworkConfig?.elasticLoadBalancing;
  const kubernetesNetworkConfig = { ...cluster.kubernetesNetworkConfig, elasticLoadBalancing };
  const { enabled: autoMode = false, nodeRoleArn } = computeConfig ?? {};
  refuse([
    ...autoModeProblems({ computeConfig, storageConfig, kubernetesNetworkConfig, authenticationMode }),
    ...(await clusterRoleProblems(context, cluster.roleArn, { cluster: cluster.name, autoMode })),
    ...(nodeRoleArn === undefined ? [] : await nodeRoleProblems(context, nodeRoleArn)),
  ]);
  Object.assign(cluster, { computeConfig, storageConfig, kubernetesNetworkConfig });
  grantAutoModeNodes(context, record);
  const params = [
    ["ComputeConfig", computeConfig],
    ["StorageConfig", storageConfig],
    ["KubernetesNetworkConfig", body.kubernetesNetworkConfig],
  ] as const;
  return { type: "AutoModeUpdate", params };
}

function asksForEndpoint({ resourcesVpcConfig: asked }: UpdateConfigBody): boolean {
  return [asked?.endpointPrivateAccess, asked?.endpointPublicAccess, asked?.publicAccessCidrs].some(
    (setting) => setting !== undefined,
  );
}

function changeEndpoint(
  _: Context,
  { cluster }: ClusterRecord,
  { resourcesVpcConfig: asked = {} }: UpdateConfigBody,
): Change {
  const current = cluster.resourcesVpcConfig;
  const endpointPublicAccess = asked.endpointPublicAccess ?? current.endpointPublicAccess ?? true;
  const endpointPrivateAccess = asked.endpointPrivateAccess ?? current.endpointPrivateAccess ?? false;
  const publicAccessCidrs = publicCidrs(asked.publicAccessCidrs ?? current.publicAccessCidrs, endpointPublicAccess);
  refuse(endpointProblems({ endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs }));
  cluster.resourcesVpcConfig = { ...current, endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs };
  const params = [
    ["EndpointPublicAccess", asked.endpointPublicAccess],
    ["EndpointPrivateAccess", asked.endpointPrivateAccess],
    ["PublicAccessCidrs", asked.publicAccessCidrs],
  ] as const;
  return { type: "EndpointAccessUpdate", params };
}

function asksForVpc({ resourcesVpcConfig: asked }: UpdateConfigBody): boolean {
  return asked?.subnetIds !== undefined || asked?.securityGroupIds !== undefined;
}

async function changeVpc(
  context: Context,
  { cluster }: ClusterRecord,
  { resourcesVpcConfig: asked = {} }: UpdateConfigBody,
): Promise<Change> {
  const current = cluster.resourcesVpcConfig;
  const subnetIds = asked.subnetIds ?? current.subnetIds;
  const securityGroupIds = asked.securityGroupIds ?? current.securityGroupIds ?? [];
  const { vpcId, problems } = await findVpc(context, { subnetIds, securityGroupIds });
  const moves = vpcId !== current.vpcId ? [`Subnets must stay in the cluster's VPC ${current.vpcId}.`] : [];
  refuse([...problems, ...moves]);
  cluster.resourcesVpcConfig = { ...current, subnetIds, securityGroupIds };
  const params = [
    ["Subnets", asked.subnetIds],
    ["SecurityGroups", asked.securityGroupIds],
  ] as const;
  return { type: "VpcConfigUpdate", params };
}
