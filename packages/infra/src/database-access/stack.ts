import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { consume, publish, terraformNumber, terraformEntry } from "@demarc/shared/contract";
import { clusterContract, databaseAccessContract, dataContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { appsOf } from "@demarc/shared/apps";
import { chosenId, WorkspaceStack } from "@demarc/shared/stack";
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

    const { securityGroupId, teamSecurityGroupIds } = consume(this, clusterContract);
    const letIn = (id: string, description: string, referencedSecurityGroupId: string) =>
      new VpcSecurityGroupIngressRule(this, id, {
        description,
        securityGroupId: data.databaseSecurityGroupId,
        referencedSecurityGroupId,
        ipProtocol: "tcp",
        fromPort: port,
        toPort: port,
      });

    const rule = letIn("rule", "PostgreSQL from the nodes of a cluster", securityGroupId);
    // Where teams' pods have groups of their own they are not in the cluster's.
    if (teamSecurityGroupIds !== undefined) {
      for (const team of this.#teamsWithUsers()) {
        const group = terraformEntry(teamSecurityGroupIds, team);
        letIn(chosenId("team", team), `PostgreSQL from pods of team ${team}`, group);
      }
    }

    publish(this, databaseAccessContract, { ruleId: rule.securityGroupRuleId });
  }

  #teamsWithUsers(): string[] {
    const withUser = appsOf(this).filter(({ databaseUser }) => databaseUser !== undefined);
    return [...new Set(withUser.map(({ team }) => team))];
  }
}
