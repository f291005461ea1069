import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { consume, publish, terraformNumber } from "@demarc/shared/contract";
import { clusterContract, databaseAccessContract, dataContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { WorkspaceStack } from "@demarc/shared/stack";
import { infra } from "@demarc/shared/workspace";
import type { App } from "cdktf";

/**
 * Lets a cluster's nodes, and so its pods, reach the database. The rule is a stack of its own, so that neither cluster nor database
 * waits for the other: each takes ten minutes. The database need not know its clusters, and admits no other address of the VPC.
 */
export class DatabaseAccessStack extends WorkspaceStack {
  /** @param cluster short id of the cluster */
  constructor(app: App, environment: Environment, cluster: string) {
    super(app, { workspace: infra, stack: databaseAccessContract.stack, environment, cluster });
    const data = consume(this, dataContract);
    const port = terraformNumber(data.databasePort);

    const rule = new VpcSecurityGroupIngressRule(this, "rule", {
      description: "PostgreSQL from the nodes of a cluster",
      securityGroupId: data.databaseSecurityGroupId,
      referencedSecurityGroupId: consume(this, clusterContract).securityGroupId,
      ipProtocol: "tcp",
      fromPort: port,
      toPort: port,
    });

    publish(this, databaseAccessContract, { ruleId: rule.securityGroupRuleId });
  }
}
