import { ACCESS_STACK, clusterName, DELIVERY_STEPS } from "../environment";
import { policyDocument, trustPodIdentity, trustServiceAccount } from "../iam";
import { isRecord } from "../json";
import { clusterContract } from "../contracts";
import { type Arguments, type Condition, type JudgedStack, type Resources, shown, unlisted } from "./condition";
import { deliveryTrust } from "./delivery/trust";
import { statementsOf, UNREADABLE } from "./policy-document";
import { contractReference, isOwn, isOwnRole, namespacesOf } from "./reference";

/** `inline_policy` and `managed_policy_arns` would be permissions that no rule has looked at. */
const ARGUMENTS = [
  "name",
  "description",
  "path",
  "permissions_boundary",
  "assume_role_policy",
  "max_session_duration",
  "force_detach_policies",
  "tags",
  "depends_on",
  "lifecycle",
];

/** Every role carries its workspace's path and boundary. */
function roleFaults(role: Arguments, stack: JudgedStack, path = stack.rolePath): string[] {
  const expected = { path, permissions_boundary: stack.permissionsBoundary };
  return [
    ...unlisted(role, ARGUMENTS),
    ...tagFaults(role["tags"], stack),
    ...Object.entries(expected)
      .filter(([name, value]) => role[name] !== value)
      .map(([name]) => `its ${name} is another`),
  ];
}

/** Boundaries and keys go by the tag `team`: a role bears the stack's, which the provider sets. */
function tagFaults(tags: unknown, { defaultTags }: JudgedStack): string[] {
  if (tags === undefined) return [];
  if (!isRecord(tags)) return [`its tags are ${shown(tags)}`];
  return Object.entries(tags)
    .filter(([name, value]) => value !== defaultTags[name])
    .map(([name, value]) => `its tag ${name} is ${shown(value)}`);
}

/** infra's roles are AWS's own parts' and pods'; nobody from outside of the account, and no everybody. */
export const infrasRole: Condition = {
  rule: "a role needs the path and the permissions boundary of its workspace, and trusts a service of AWS, or people and pipelines (deliveryTrust) in the stack access; make it with WorkspaceRole",
  faults: (role, stack) => [
    ...roleFaults(role, stack, isOfFargate(role, stack) ? "/" : stack.rolePath),
    ...(isOfAccess(stack) ? deliveryFaults(role, stack) : principalFaults(role["assume_role_policy"])),
  ],
};

/** The one stack whose roles people and pipelines take: those that plan and deploy. */
function isOfAccess({ stackName, cluster }: JudgedStack): boolean {
  return stackName === ACCESS_STACK && cluster === undefined;
}

/** Such a role trusts one team's own roles and the environment's pipelines, to the letter. */
function deliveryFaults({ name, assume_role_policy: document }: Arguments, { environment }: JudgedStack): string[] {
  const step = DELIVERY_STEPS.find((each) => String(name).endsWith(`-${each}`));
  if (step === undefined)
    return [`its name is ${shown(name)}, which ends with neither ${DELIVERY_STEPS.join(" nor ")}`];
  const trusts = Object.keys(environment.teams).map((team) => policyDocument(deliveryTrust(environment, team, step)));
  return trusts.some((trust) => trust === document)
    ? []
    : ["it trusts others than a team's roles and the environment's pipelines"];
}

/** EKS takes a role without a path alone to start pods on Fargate; such a one is known by its name. */
function isOfFargate(
  { name, assume_role_policy: document }: Arguments,
  { environment, cluster }: JudgedStack,
): boolean {
  const trusted = statementsOf(document)?.map(({ Principal }) => JSON.stringify(Principal)) ?? [];
  return (
    cluster !== undefined &&
    name === `${clusterName(environment, cluster)}-fargate-pods` &&
    trusted.length > 0 &&
    trusted.every((principal) => principal === '{"Service":"eks-fargate-pods.amazonaws.com"}')
  );
}

function principalFaults(document: unknown): string[] {
  const statements = statementsOf(document);
  if (statements === undefined) return [`its trust ${UNREADABLE}`];
  return statements.flatMap(({ Principal: principal }) => {
    const { Service: services, ...others } = isRecord(principal) ? principal : { everybody: principal };
    const named = (Array.isArray(services) ? services : [services]).every(
      (service) => typeof service === "string" && /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(service),
    );
    return named && Object.keys(others).length === 0 ? [] : [`it trusts ${shown(principal)}`];
  });
}

/** k8s-platform's roles are those of one service account's pods each. */
export const podsRole: Condition = {
  rule: "a role needs the path and the permissions boundary of its workspace, and trusts one service account of its cluster; make it with PodRole",
  faults: (role, stack) => [...roleFaults(role, stack), ...podTrustFaults(role["assume_role_policy"], stack)],
};

function podTrustFaults(document: unknown, { environment, cluster }: JudgedStack): string[] {
  const fault = ["it trusts more or others than one service account of its cluster"];
  const [statement] = statementsOf(document) ?? [];
  if (statement === undefined || cluster === undefined) return fault;
  const conditions = JSON.stringify(statement["Condition"]);
  const tag = (name: string) => new RegExp(`"aws:RequestTag/kubernetes-${name}":"([a-z0-9-]+)"`).exec(conditions)?.[1];
  const [namespace = tag("namespace") ?? "", serviceAccount = tag("service-account") ?? ""] =
    /"system:serviceaccount:([a-z0-9-]+):([a-z0-9-]+)"/.exec(conditions)?.slice(1) ?? [];
  const allowed = [
    trustPodIdentity({ environment, cluster: clusterName(environment, cluster), namespace, serviceAccount }),
    trustServiceAccount(ownOidcProvider, namespace, serviceAccount),
  ];
  return allowed.some((trust) => policyDocument([trust]) === document) ? [] : fault;
}

/** An app's roles are its own pods'. */
export const appsRole: Condition = {
  rule: "a role of an app is named after it, has its path and permissions boundary, and trusts service accounts of the same stack alone; make it with WorkspaceRole",
  faults: (role, stack, resources) => [
    ...roleFaults(role, stack),
    ...roleNameFaults(role["name"], stack),
    ...appTrustFaults(role["assume_role_policy"], stack, resources),
  ],
};

/** Names of roles are one namespace for the whole account. */
function roleNameFaults(name: unknown, { environment, cluster, workspace }: JudgedStack): string[] {
  const own = `${clusterName(environment, cluster ?? "")}-app-${workspace.name}`;
  if (typeof name === "string" && (name === own || (name.startsWith(`${own}-`) && /^[\w-]+$/.test(name)))) return [];
  return [`its name is ${shown(name)} and must be ${own} or begin with ${own}-`];
}

const ownOidcProvider = {
  arn: contractReference(clusterContract, "oidcProviderArn"),
  issuer: contractReference(clusterContract, "oidcIssuer"),
};

function appTrustFaults(document: unknown, { owner }: JudgedStack, resources: Resources): string[] {
  const allowed = serviceAccountsIn(resources).flatMap((account) =>
    namespacesOf(owner).map((namespace) => policyDocument([trustServiceAccount(ownOidcProvider, namespace, account)])),
  );
  return allowed.some((trust) => trust === document)
    ? []
    : ["its trust is not that of a service account of this stack, in its team's namespace (trustServiceAccount)"];
}

function serviceAccountsIn(resources: Resources): string[] {
  return ["kubernetes_service_account", "kubernetes_service_account_v1"]
    .flatMap((type) => Object.values(resources[type] ?? {}))
    .flatMap(({ metadata }) => (isRecord(metadata) ? [metadata["name"]] : []))
    .filter((name) => typeof name === "string" && /^[a-z0-9-]+$/.test(name))
    .map(String);
}

/** What is hung on a role: only on one of the same stack. */
export const ofOwnRole: Condition = {
  rule: "a policy hangs from a role that the same stack makes: role is its reference",
  faults: ({ role }, _, resources) =>
    isOwnRole(role, "name", resources) || isOwnRole(role, "id", resources) ? [] : [`its role is ${shown(role)}`],
};

/** Policies that AWS keeps for its own parts; only AWS knows what those need. */
const MANAGED =
  /^arn:aws[\w-]*:iam::aws:policy\/(AmazonEKS\w+|AmazonEC2ContainerRegistry(PullOnly|ReadOnly)|AmazonSSMManagedInstanceCore|CloudWatchAgentServerPolicy|service-role\/\w+)$/;

/** infra may hang AWS's policies on its roles, and on those that plan and deploy the policies of the same stack. */
export const partsPolicy: Condition = {
  rule: "infra hangs the policies for AWS's own parts on roles of the same stack: EKS', its nodes', service-role/…",
  faults: (attachment, stack, resources) => [
    ...ofOwnRole.faults(attachment, stack, resources),
    ...(MANAGED.test(String(attachment["policy_arn"])) ||
    (isOfAccess(stack) && isOwn("aws_iam_policy.arn", attachment["policy_arn"], resources))
      ? []
      : [`its policy is ${shown(attachment["policy_arn"])}`]),
  ],
};

/** EKS Pod Identity hands out roles of the same stack only. */
export const ownAssociation: Condition = {
  rule: "an association hands out a role that the same stack makes, in the stack's own cluster; make it with PodRole",
  faults: ({ role_arn: role, cluster_name: cluster, target_role_arn: target }, _, resources) => [
    ...(isOwnRole(role, "arn", resources) ? [] : [`its role is ${shown(role)}`]),
    ...(target === undefined ? [] : ["it leads on to another role"]),
    ...(cluster === contractReference(clusterContract, "name") ? [] : [`its cluster is ${shown(cluster)}`]),
  ],
};

/** infra's policies are its own to write, boundaries among them; what is written is what holds. */
export const wholePolicy: Condition = {
  rule: "a change of a policy reaches AWS",
  faults: () => [],
};

/** Users, groups and keys without end; attachments that take all others of a policy away. */
export const nobodys: Condition = {
  rule: "people and machines act by roles, each of a stack",
  faults: () => ["of IAM, infra makes roles, their policies, policies, instance profiles and OpenID Connect providers"],
};
