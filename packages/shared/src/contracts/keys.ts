import { defineContract, output } from "../contract";

/** Keys of what may outlive the rest of an environment: logs, snapshots and volumes. */
export const keysContract = defineContract({
  name: "keys",
  version: 1,
  workspace: "infra",
  stack: "keys",
  scope: "environment",
  outputs: {
    logKeyArn: output.string("KMS key of infra's log groups, for CloudWatch Logs alone"),
    databaseKeyArn: output.string("KMS key of the database, its snapshots and its master's secret"),
    volumeKeyArn: output.string("KMS key of the block volumes of every cluster, and of their snapshots"),
  },
});
