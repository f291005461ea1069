import { defineContract, output, withData } from "../contract";

/** The way from a cluster to the database: what connects from there is deployed after it. */
export const databaseAccessContract = defineContract({
  name: "databaseAccess",
  version: 1,
  workspace: "infra",
  stack: "database-access",
  scope: "cluster",
  presence: withData,
  outputs: {
    ruleId: output.string("Rule of the database's security group that lets the cluster's nodes and pods in"),
  },
});
