import { RoleBindingV1 } from "@cdktf/provider-kubernetes/lib/role-binding-v1";
import { RoleV1, type RoleV1Rule } from "@cdktf/provider-kubernetes/lib/role-v1";
import { type Exposure, planGroup, teamGroup } from "@demarc/shared/environment";
import { appKindsWith } from "@demarc/shared/exposure";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { platformMetadata } from "./platform-metadata";

const GROUP_API = "rbac.authorization.k8s.io";
const WRITE = ["get", "list", "watch", "create", "update", "patch", "delete"];
const READ = ["get", "list", "watch"];

export interface TeamAccessProps {
  readonly team: string;
  readonly namespace: string;
  readonly exposures: readonly Exposure[];
  /** Whether it may open a shell in its pods. */
  readonly exec: boolean;
  /** What has to be there before the team is let in. */
  readonly after: readonly ITerraformDependable[];
}

/**
 * What the people and pipelines of a team may do in the cluster, and they may do it in their namespace only: access entries put
 * the team's roles into its group (S3.5), and this binds the group. The roles that plan its apps are in another one, which reads.
 */
export class TeamAccess extends Construct {
  constructor(scope: Construct, id: string, { team, namespace, exposures, exec, after }: TeamAccessProps) {
    super(scope, id);
    const bind = (name: string, group: string, rule: RoleV1Rule[], prefix = "") => {
      const metadata = platformMetadata(name, namespace);
      const role = new RoleV1(this, `${prefix}role`, { metadata, rule });
      new RoleBindingV1(this, `${prefix}binding`, {
        metadata,
        roleRef: { apiGroup: GROUP_API, kind: "Role", name: role.metadata.name },
        // The provider would name namespace "default", which a group has none of.
        subject: [{ apiGroup: GROUP_API, kind: "Group", name: group, namespace: "" }],
        dependsOn: [...after],
      });
    };
    bind("team", teamGroup(team), rulesFor(exposures, exec));
    bind("plan", planGroup(team), rulesToPlan(exposures), "plan-");
  }
}

/** A plan reads what Terraform made, by itself or by Helm, whose releases are kept in Secrets. */
function rulesToPlan(exposures: readonly Exposure[]): RoleV1Rule[] {
  return rulesOfKinds(exposures, READ);
}

function rulesOfKinds(exposures: readonly Exposure[], verbs: string[]): RoleV1Rule[] {
  const kinds = appKindsWith(exposures);
  const groups = [...new Set(kinds.map(({ group }) => group))];
  return groups.map((group) => {
    const plurals = kinds.filter((kind) => kind.group === group).map(({ plural }) => plural);
    return rule(group, [...new Set(plurals)], verbs);
  });
}

/** No pods of their own making (a workload makes them), no roles, no quotas, no network policies of the platform's. */
function rulesFor(exposures: readonly Exposure[], exec: boolean): RoleV1Rule[] {
  return [
    ...rulesOfKinds(exposures, WRITE),
    rule("apps", ["deployments/scale", "statefulsets/scale"], ["get", "update", "patch"]),
    // Deleting a pod restarts it.
    rule("", ["pods"], [...READ, "delete"]),
    rule("", ["pods/log", "events", "endpoints", "limitranges", "resourcequotas"], READ),
    rule("", ["namespaces"], ["get"]),
    rule("apps", ["replicasets"], READ),
    rule("discovery.k8s.io", ["endpointslices"], READ),
    rule("events.k8s.io", ["events"], READ),
    rule("metrics.k8s.io", ["pods"], READ),
    ...(exec ? [rule("", ["pods/attach", "pods/exec", "pods/portforward"], ["get", "create"])] : []),
  ];
}

function rule(group: string, resources: string[], verbs: string[]): RoleV1Rule {
  return { apiGroups: [group], resources, verbs };
}
