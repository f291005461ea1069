import { consume, publish } from "@demarc/shared/contract";
import { clusterContract, keysContract, networkContract } from "@demarc/shared/contracts";
import { accessStackId, type Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { TeamAccessEntries } from "./access";
import type { ConfiguredCluster } from "./clusters";
import { ControlPlane } from "./control-plane";
import { LiveCluster } from "./live-cluster";
import { ClusterLogs } from "./logs";
import { IdentityProvider } from "./oidc";

/** One EKS cluster with its nodes, its add-ons of EKS and who may use it; nothing inside it is infra's. */
export class ClusterStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, cluster: ConfiguredCluster, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "cluster", environment, cluster: cluster.id });
    const network = consume(this, networkContract);
    const subnetIds = network.privateSubnetIds;
    const { logKeyArn, volumeKeyArn } = consume(this, keysContract);

    const keeping = { keyArn: logKeyArn, retained: retain.logs };
    const logs = new ClusterLogs(this, "logs", { cluster, keeping });
    const live = new LiveCluster(this, "live", cluster);
    const basis = { environment, cluster, volumeKeyArn };
    const compute = cluster.compute.prepare(this, basis);
    const plane = { environment, cluster, subnetIds, logs, live, compute: compute.controlPlane };
    const controlPlane = new ControlPlane(this, "control-plane", plane);
    const { name: clusterName, joined, securityGroupId } = controlPlane;
    const oidc = new IdentityProvider(this, "oidc", { issuerUrl: controlPlane.issuerUrl });
    new TeamAccessEntries(this, "access", { environment, clusterName });
    // EKS takes no role that is not there.
    this.dependOn(accessStackId(environment));
    const made = { clusterName, joined, securityGroupId, podLogGroupArn: logs.pods.arn };
    const outputs = compute.add({ ...basis, ...made, network, live });

    publish(this, clusterContract, {
      name: clusterName,
      endpoint: joined.endpoint,
      certificateAuthority: joined.certificateAuthority,
      oidcProviderArn: oidc.arn,
      oidcIssuer: oidc.issuer,
      securityGroupId,
      volumeKeyArn: outputs.volumeKeyArn,
      nodeRoleName: outputs.nodeRoleName,
      dnsAddress: outputs.dnsAddress,
      podNamespaces: outputs.podNamespaces,
      podSecurityGroupId: outputs.podSecurityGroupId,
      teamSecurityGroupIds: outputs.teamSecurityGroupIds,
      podLogGroupName: logs.pods.name,
      podLogGroupArn: logs.pods.arn,
    });
  }
}
