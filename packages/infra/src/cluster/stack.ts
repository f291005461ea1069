import { consume, publish } from "@demarc/shared/contract";
import { clusterContract, dataContract, networkContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import { TeamAccessEntries } from "./access";
import type { Cluster } from "./clusters";
import { ControlPlane } from "./control-plane";
import { DatabaseAccess } from "./database-access";
import { ClusterLogs } from "./logs";
import { ManagedNodes } from "./managed-nodes";
import { IdentityProvider } from "./oidc";

/** One EKS cluster with its nodes, its add-ons of EKS and who may use it; nothing inside it is infra's. */
export class ClusterStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, cluster: Cluster) {
    super(app, { workspace: infra, stack: "cluster", environment, cluster: cluster.id });
    const subnetIds = consume(this, networkContract).privateSubnetIds;

    const logs = new ClusterLogs(this, "logs", { environment, cluster });
    const controlPlane = new ControlPlane(this, "control-plane", { environment, cluster, subnetIds, logs });
    const oidc = new IdentityProvider(this, "oidc", { issuerUrl: controlPlane.issuerUrl });
    new TeamAccessEntries(this, "access", { environment, clusterName: controlPlane.name });
    const nodes = new ManagedNodes(this, "nodes", { environment, cluster, controlPlane, subnetIds });
    new DatabaseAccess(this, "database", { database: consume(this, dataContract), controlPlane });

    publish(this, clusterContract, {
      name: controlPlane.name,
      endpoint: controlPlane.endpoint,
      certificateAuthority: controlPlane.certificateAuthority,
      oidcProviderArn: oidc.arn,
      oidcIssuer: oidc.issuer,
      securityGroupId: controlPlane.securityGroupId,
      volumeKeyArn: nodes.volumeKeyArn,
      podLogGroupName: logs.pods.name,
      podLogGroupArn: logs.pods.arn,
    });
  }
}
