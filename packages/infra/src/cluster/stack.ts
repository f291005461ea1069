import { consume, publish } from "@demarc/shared/contract";
import { clusterContract, dataContract, keysContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import type { RetainSettings } from "../keys/settings";
import { TeamAccessEntries } from "./access";
import type { Cluster } from "./clusters";
import { ControlPlane } from "./control-plane";
import { DatabaseAccess } from "./database-access";
import { LargestPod } from "./largest-pod";
import { LiveCluster } from "./live-cluster";
import { ClusterLogs } from "./logs";
import { ManagedNodes } from "./managed-nodes";
import { IdentityProvider } from "./oidc";

/** One EKS cluster with its nodes, its add-ons of EKS and who may use it; nothing inside it is infra's. */
export class ClusterStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, cluster: Cluster, retain: RetainSettings) {
    super(app, { workspace: infra, stack: "cluster", environment, cluster: cluster.id });
    const network = consume(this, networkContract);
    const subnetIds = network.privateSubnetIds;
    const { logKeyArn, volumeKeyArn } = consume(this, keysContract);

    const keeping = { keyArn: logKeyArn, retained: retain.logs };
    const logs = new ClusterLogs(this, "logs", { cluster, keeping });
    const live = new LiveCluster(this, "live", cluster);
    const largestPod = new LargestPod(this, "largest-pod", cluster);
    const basis = { environment, cluster, subnetIds, logs, live, largestPod };
    const controlPlane = new ControlPlane(this, "control-plane", basis);
    const oidc = new IdentityProvider(this, "oidc", { issuerUrl: controlPlane.issuerUrl });
    new TeamAccessEntries(this, "access", { environment, clusterName: controlPlane.name });
    new ManagedNodes(this, "nodes", { cluster, controlPlane, network, volumeKeyArn, live });
    new DatabaseAccess(this, "database", { database: consume(this, dataContract), controlPlane });

    publish(this, clusterContract, {
      name: controlPlane.name,
      endpoint: controlPlane.endpoint,
      certificateAuthority: controlPlane.certificateAuthority,
      oidcProviderArn: oidc.arn,
      oidcIssuer: oidc.issuer,
      securityGroupId: controlPlane.securityGroupId,
      volumeKeyArn,
      podLogGroupName: logs.pods.name,
      podLogGroupArn: logs.pods.arn,
    });
  }
}
