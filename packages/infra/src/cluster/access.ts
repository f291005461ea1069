import { EksAccessEntry } from "@cdktf/provider-aws/lib/eks-access-entry";
import { EksAccessPolicyAssociation } from "@cdktf/provider-aws/lib/eks-access-policy-association";
import { appsOf, type RegisteredApp } from "@demarc/shared/apps";
import { deliveredWorkspaces } from "@demarc/shared/delivery";
import {
  arnOfAws,
  DELIVERY_STEPS,
  deliveryRole,
  type DeliveryStep,
  type Environment,
  planGroup,
  roleArn,
  teamGroup,
} from "@demarc/shared/environment";
import { chosenId } from "@demarc/shared/stack";
import { infra, k8sPlatform, type Workspace } from "@demarc/shared/workspace";
import { Construct } from "constructs";

export interface TeamAccessEntriesProps {
  readonly environment: Environment;
  readonly clusterName: string;
}

/** What a role is let in as. */
interface Admitted {
  /** With its path. */
  readonly role: string;
  readonly groups: readonly string[];
  /** Access policy of EKS for the whole cluster. @default none: it may do what its groups may */
  readonly policy?: string | undefined;
}

const ADMIN = "AmazonEKSClusterAdminPolicy";

/** It reads everything, Secrets included: Helm keeps its releases in those. */
const ADMIN_VIEW = "AmazonEKSAdminViewPolicy";

/**
 * Who may act inside the cluster: the roles of the environment's teams, and those that plan and deploy k8s-platform and apps. Each is in its
 * team's group, which has no right but what k8s-platform binds in the team's own namespace. Only the owner of k8s-platform is the
 * cluster's admin, for it makes those bindings; infra's owner is not, for infra makes nothing inside. Nodes have an entry that EKS
 * makes.
 */
export class TeamAccessEntries extends Construct {
  constructor(scope: Construct, id: string, { environment, clusterName }: TeamAccessEntriesProps) {
    super(scope, id);
    for (const { role, groups, policy } of [...teams(environment), ...delivery(environment, appsOf(this))]) {
      const entry = new EksAccessEntry(this, chosenId("role", role), {
        clusterName,
        principalArn: roleArn(environment, role),
        kubernetesGroups: [...groups],
      });
      if (policy === undefined) continue;
      new EksAccessPolicyAssociation(this, chosenId("admin", role), {
        clusterName,
        principalArn: entry.principalArn,
        policyArn: arnOfAws("eks", `cluster-access-policy/${policy}`),
        accessScope: { type: "cluster" },
      });
    }
  }
}

/** A cluster has one entry for a role, also where the role acts for several teams. */
function teams(environment: Environment): Admitted[] {
  const admins = environment.teams[k8sPlatform.team(environment)]?.roles ?? [];
  const byRole = new Map<string, string[]>();
  for (const [team, { roles }] of Object.entries(environment.teams)) {
    for (const role of new Set(roles)) byRole.set(role, [...(byRole.get(role) ?? []), team]);
  }
  return [...byRole].map(([role, acting]) => ({
    role,
    groups: acting.map(teamGroup),
    policy: admins.includes(role) ? ADMIN : undefined,
  }));
}

/** infra makes nothing inside a cluster. */
function delivery(environment: Environment, apps: readonly RegisteredApp[]): Admitted[] {
  return deliveredWorkspaces(apps)
    .filter((workspace) => workspace !== infra)
    .flatMap((workspace) => DELIVERY_STEPS.map((step) => deliverer(environment, workspace, step)));
}

function deliverer(environment: Environment, workspace: Workspace, step: DeliveryStep): Admitted {
  const role = deliveryRole(environment, workspace.name, step);
  if (workspace === k8sPlatform) return { role, groups: [], policy: step === "plan" ? ADMIN_VIEW : ADMIN };
  const team = workspace.team(environment);
  return { role, groups: [step === "plan" ? planGroup(team) : teamGroup(team)] };
}
