import type { AuthenticationMode, Cluster } from "@aws-sdk/client-eks";

/** What Auto Mode depends on, of a request or of a cluster after an update. */
interface AutoModeSettings extends Pick<Cluster, "computeConfig" | "storageConfig" | "kubernetesNetworkConfig"> {
  readonly authenticationMode: AuthenticationMode;
}

/** What EKS refuses about Auto Mode: its three switches are one, and it brings rules of its own. */
export function autoModeProblems(settings: AutoModeSettings): string[] {
  const { computeConfig, storageConfig, kubernetesNetworkConfig, authenticationMode } = settings;
  const switches = {
    "computeConfig.enabled": computeConfig?.enabled,
    "kubernetesNetworkConfig.elasticLoadBalancing.enabled": kubernetesNetworkConfig?.elasticLoadBalancing?.enabled,
    "storageConfig.blockStorage.enabled": storageConfig?.blockStorage?.enabled,
  };
  const problems: string[] = [];
  if (new Set(Object.values(switches)).size > 1) {
    problems.push(
      `For EKS Auto Mode, please ensure that all required configs, including ${Object.keys(switches).join(", ")}, are all either fully enabled or fully disabled.`,
    );
  }
  const hasPools = (computeConfig?.nodePools ?? []).length > 0;
  if (hasPools !== (computeConfig?.nodeRoleArn !== undefined)) {
    problems.push("computeConfig.nodeRoleArn and computeConfig.nodePools must be given together.");
  }
  if (computeConfig?.enabled === true && authenticationMode === "CONFIG_MAP") {
    problems.push("EKS Auto Mode requires the cluster's authentication mode to be API or API_AND_CONFIG_MAP.");
  }
  return problems;
}
