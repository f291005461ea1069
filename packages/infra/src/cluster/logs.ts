import type { Environment } from "@demarc/shared/environment";
import { Construct } from "constructs";
import { EncryptedLogGroup } from "../encryption/log-group";
import type { Cluster } from "./clusters";

export interface ClusterLogsProps {
  readonly environment: Environment;
  readonly cluster: Cluster;
}

/** Where the control plane and the pods write to. */
export class ClusterLogs extends Construct {
  readonly controlPlane: EncryptedLogGroup;
  readonly pods: EncryptedLogGroup;

  constructor(scope: Construct, id: string, { environment, cluster }: ClusterLogsProps) {
    super(scope, id);
    const retentionDays = cluster.settings.logRetentionDays;
    // EKS writes to this name and no other; it makes the group itself, in the clear and for ever, where there is none.
    const controlPlane = `/aws/eks/${cluster.name}/cluster`;
    // Not below /aws, which is for AWS's own.
    const pods = `/demarc/${cluster.name}/pods`;

    this.controlPlane = new EncryptedLogGroup(this, "control-plane", {
      environment,
      retentionDays,
      name: controlPlane,
    });
    this.pods = new EncryptedLogGroup(this, "pods", { environment, retentionDays, name: pods });
  }
}
