import type { Environment } from "../environment";
import { appKinds, BY_REST_APIS, BY_SERVICES, byObjects, namesOf, type Way } from "../exposure";
import { onOwn, ownApi, ownDeployment, ownDomain, ownGuard, ownLink, ownRecord, ownStage } from "./api-rules";
import type { Condition } from "./condition";
import { byAlone, ownLoadBalancer } from "./lookup-rules";
import { ownNamespace, ownObjects } from "./objects-rule";
import { ownPermissions } from "./permissions-rule";
import {
  appsRole,
  infrasRole,
  nobodys,
  ofOwnRole,
  ownAssociation,
  partsPolicy,
  podsRole,
  wholePolicy,
} from "./role-rules";
import type { WorkspaceKind } from "../workspace";

/** One kind of thing that a workspace may create, or look up. */
export interface Right {
  /** Terraform's type of resource or data source; `*` at the end stands for any ending. */
  readonly type: string;
  /** The environment's apps are reached so. @default in any way */
  readonly reached?: Way;
  /** What must hold for each one, beside its type. */
  readonly provided?: Condition;
}

/** Cluster-wide kinds belong to k8s-platform; `kubernetes_manifest` would need the API server at plan time. */
const ownKinds: readonly Right[] = appKinds.flatMap((own) => {
  const { terraform } = own;
  if (terraform === undefined) return [];
  const reached = byObjects(own);
  return ["", "_v1", "_v2"].map((version) => ({
    type: `kubernetes_${terraform}${version}`,
    reached,
    provided: ownNamespace,
  }));
});

/** An app's REST API, and all that hangs from it. */
const ownRestApi: readonly Right[] = [
  { type: "aws_api_gateway_rest_api", provided: ownApi },
  { type: "aws_api_gateway_deployment", provided: ownDeployment },
  { type: "aws_api_gateway_stage", provided: ownStage },
  {
    type: "aws_api_gateway_method_settings",
    provided: onOwn({ rest_api_id: "aws_api_gateway_rest_api.id" }),
  },
  { type: "aws_wafv2_web_acl_association", provided: ownGuard },
  { type: "aws_api_gateway_api_key" },
  {
    type: "aws_api_gateway_usage_plan",
    provided: onOwn({ "api_stages.api_id": "aws_api_gateway_rest_api.id" }),
  },
  {
    type: "aws_api_gateway_usage_plan_key",
    provided: onOwn({
      key_id: "aws_api_gateway_api_key.id",
      usage_plan_id: "aws_api_gateway_usage_plan.id",
    }),
  },
  { type: "aws_api_gateway_domain_name", provided: ownDomain },
  {
    type: "aws_api_gateway_base_path_mapping",
    provided: onOwn({
      api_id: "aws_api_gateway_rest_api.id",
      domain_name: "aws_api_gateway_domain_name.domain_name",
    }),
  },
  { type: "aws_route53_record", provided: ownRecord },
].map((right) => ({ ...right, reached: BY_REST_APIS }));

/**
 * The one table of who may create what; the first row that fits a type holds. The check of every written stack comes from it, and so do the
 * policies of the roles that plan and deploy, by what each type needs of AWS (access, delivery).
 */
const rights: Readonly<Record<WorkspaceKind, readonly Right[]>> = {
  infra: [
    { type: "aws_iam_role", provided: infrasRole },
    { type: "aws_iam_role_policy", provided: ofOwnRole },
    { type: "aws_iam_role_policy_attachment", provided: partsPolicy },
    { type: "aws_iam_policy", provided: wholePolicy },
    { type: "aws_iam_instance_profile", provided: ofOwnRole },
    { type: "aws_iam_openid_connect_provider" },
    { type: "aws_iam_*", provided: nobodys },
    { type: "aws_*" },
  ],
  "k8s-platform": [
    { type: "aws_iam_role", provided: podsRole },
    { type: "aws_iam_role_policy", provided: ofOwnRole },
    { type: "aws_eks_pod_identity_association", provided: ownAssociation },
    { type: "helm_release" },
    { type: "kubernetes_*" },
  ],
  apps: [
    { type: "aws_iam_role", provided: appsRole },
    { type: "aws_iam_role_policy", provided: ownPermissions },
    { type: "helm_release", provided: ownObjects },
    ...ownRestApi,
    // To the network load balancer of its own Service. Where infra owns one, the link to it is infra's too.
    { type: "aws_api_gateway_vpc_link", reached: BY_SERVICES, provided: ownLink },
    ...ownKinds,
  ],
};

const any = (...types: readonly string[]): Right[] => types.map((type) => ({ type }));

/**
 * Data sources that look nothing of another team's up. All else that crosses a line is a contract. infra finds what the company's
 * network team made, by the id that its settings name: a name or a tag would also find what somebody else makes later.
 */
const lookups: Readonly<Record<WorkspaceKind, readonly Right[]>> = {
  infra: [
    ...any(
      "aws_availability_zones",
      "aws_caller_identity",
      "aws_cloudwatch_log_groups",
      "aws_ec2_instance_type",
      "aws_eks_cluster",
      "aws_eks_clusters",
      "aws_partition",
    ),
    { type: "aws_route53_zone", provided: byAlone("zone_id") },
    { type: "aws_subnet", provided: byAlone("id") },
    { type: "aws_vpc", provided: byAlone("id") },
  ],
  "k8s-platform": any("aws_caller_identity", "aws_partition"),
  apps: [
    ...any("aws_caller_identity", "aws_partition"),
    { type: "aws_lb", reached: BY_SERVICES, provided: ownLoadBalancer },
  ],
};

/** What a stack does with a block: `create` a resource, or `look up` a data source. */
export type Deed = "create" | "look up";

/** Who may do what with which types. */
export const TABLES = { create: rights, "look up": lookups };

type Reached = Pick<Environment, "exposures">;

/** The right under which a workspace may have a block of that type in an environment, if it may at all. */
export function rightTo(deed: Deed, kind: WorkspaceKind, type: string, { exposures }: Reached): Right | undefined {
  return TABLES[deed][kind].find(
    (right) => matches(right.type, type) && (right.reached === undefined || right.reached.isOf(exposures)),
  );
}

/** Where else a workspace has the right: "where the environment's exposure is alb-ingress; here it is traefik". Undefined: nowhere. */
export function elsewhere(deed: Deed, kind: WorkspaceKind, type: string, { exposures }: Reached): string | undefined {
  const reached = TABLES[deed][kind].find((right) => matches(right.type, type))?.reached;
  if (reached === undefined || rightTo(deed, kind, type, { exposures }) !== undefined) return undefined;
  return `where the environment's exposure is ${reached.exposures}; here it is ${namesOf(exposures)}`;
}

/** Kinds of workspace that may create such a resource, and where, for whoever asks the wrong one. Empty where it is nobody's. */
export function ownersOf(type: string, environment: Reached): string {
  return (["infra", "k8s-platform", "apps"] as const)
    .flatMap((kind) => {
      const place = elsewhere("create", kind, type, environment);
      if (place !== undefined) return [`${kind} ${place}`];
      return rightTo("create", kind, type, environment) === undefined ? [] : [kind];
    })
    .join(" or ");
}

function matches(pattern: string, type: string): boolean {
  return pattern.endsWith("*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}
