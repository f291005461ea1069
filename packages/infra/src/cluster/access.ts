import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { arnOfAws, type Environment, roleArn, teamGroup } from "@demarc/shared/environment";
import { chosenId } from "@demarc/shared/stack";
import { k8sPlatform } from "@demarc/shared/workspace";
import { Construct } from "constructs";

export interface TeamAccessEntriesProps {
  readonly environment: Environment;
  readonly clusterName: string;
}

/**
 * Who may act inside the cluster: the roles of the environment's teams. Each is in its team's group, which has no right
 * but what k8s-platform binds in the team's own namespace. Only the owner of k8s-platform is the cluster's admin, for it
 * makes those bindings; infra's owner is not, for infra makes nothing inside. Nodes have an entry that EKS makes.
 */
export class TeamAccessEntries extends Construct {
  constructor(scope: Construct, id: string, { environment, clusterName }: TeamAccessEntriesProps) {
    super(scope, id);
    const admins = environment.teams[k8sPlatform.team(environment)]?.roles ?? [];

    for (const [role, teams] of teamsByRole(environment)) {
      const entry = new EksAccessEntry(this, chosenId("role", role), {
        clusterName,
        principalArn: roleArn(environment, role),
        kubernetesGroups: teams.map(teamGroup),
      });
      if (!admins.includes(role)) continue;
      new EksAccessPolicyAssociation(this, chosenId("admin", role), {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: arnOfAws("eks", "cluster-access-policy/AmazonEKSClusterAdminPolicy"),
        accessScope: { type: "cluster" },
      });
    }
  }
}

/** A cluster has one entry for a role, also where the role acts for several teams. */
function teamsByRole({ teams }: Environment): Map<string, string[]> {
  const byRole = new Map<string, string[]>();
  for (const [team, { roles }] of Object.entries(teams)) {
    for (const role of new Set(roles)) byRole.set(role, [...(byRole.get(role) ?? []), team]);
  }
  return byRole;
}
