import { Construct } from "constructs";
import { EncryptedLogGroup, type LogKeeping } from "../encryption/log-group";
import type { ConfiguredCluster } from "./clusters";

export interface ClusterLogsProps {
  readonly cluster: ConfiguredCluster;
  readonly keeping: LogKeeping;
}

/** Where the control plane and the pods write to. */
export class ClusterLogs extends Construct {
  readonly controlPlane: EncryptedLogGroup;
  readonly pods: EncryptedLogGroup;

  constructor(scope: Construct, id: string, { cluster, keeping }: ClusterLogsProps) {
    super(scope, id);
    const retentionDays = cluster.settings.logRetentionDays;
    // EKS writes to this name and no other; it makes the group itself, in the clear and for ever, where there is none.
    const controlPlane = `/aws/eks/${cluster.name}/cluster`;
    // Not below /aws, which is for AWS's own.
    const pods = `/demarc/${cluster.name}/pods`;

    const kept = { retentionDays, ...keeping };
    this.controlPlane = new EncryptedLogGroup(this, "control-plane", { name: controlPlane, ...kept });
    this.pods = new EncryptedLogGroup(this, "pods", { name: pods, ...kept });
  }
}
