import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { consume } from "../../contract";
import { networkContract } from "../../contracts";
import { policyDocument, trustService } from "../../iam";
import type { WorkspaceStack } from "../../stack";
import { anyRole, type MakeRole, strangers } from "./any-role";
import { anySection } from "./any-section";
import { override, remote, type StackAttempt, trustOf } from "./attempt";
import { sharedSecrets } from "./shared-secrets";

type Attempt = StackAttempt<WorkspaceStack>;

const nodeRole: MakeRole<WorkspaceStack> = (stack, more = {}) =>
  new IamRole(stack, "role", {
    name: "dev-a-nodes",
    path: stack.rolePath,
    permissionsBoundary: stack.permissionsBoundary,
    assumeRolePolicy: policyDocument([trustService("ec2.amazonaws.com")]),
    ...more,
  });

const trusting =
  (assumeRolePolicy: string): Attempt["attempt"] =>
  (stack) =>
    void nodeRole(stack, { assumeRolePolicy });

const attaching =
  (policyArn: string): Attempt["attempt"] =>
  (stack) =>
    new IamRolePolicyAttachment(stack, "attachment", { role: nodeRole(stack).name, policyArn });

const states: readonly Attempt[] = [
  ...["addons", "tenancy"].map((stack) => ({
    name: `the state of k8s-platform's ${stack}: no arrow goes back`,
    attempt: remote({ key: `dev/a/k8s-platform/${stack}.tfstate` }),
    refusedBy: "is no state of a contract's producer",
  })),
  { name: "the state of an app", attempt: remote({}), refusedBy: "is no state of a contract's producer" },
  {
    name: "a producer's state in another cluster",
    attempt: remote({ key: "dev/b/infra/cluster.tfstate" }),
    refusedBy: "is no state of a contract's producer",
  },
];

const trust: readonly Attempt[] = [
  ...Object.entries(strangers).map(([who, Principal]) => ({
    name: `a role for ${who}`,
    attempt: trusting(trustOf({ Effect: "Allow", Principal, Action: ["sts:AssumeRole"] })),
    refusedBy: `it trusts ${typeof Principal === "string" ? Principal : JSON.stringify(Principal)}`,
  })),
  {
    name: "a role for everybody, beside a service of AWS",
    attempt: trusting(
      trustOf({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com", AWS: "*" }, Action: ["sts:AssumeRole"] }),
    ),
    refusedBy: "it trusts",
  },
  {
    name: "a role for everybody, in a second statement",
    attempt: trusting(
      JSON.stringify({
        Statement: [
          trustService("ec2.amazonaws.com"),
          { Effect: "Allow", Principal: { AWS: "*" }, Action: ["sts:AssumeRole"] },
        ],
      }),
    ),
    refusedBy: 'it trusts {"AWS":"*"}',
  },
  {
    name: "a role for all but one",
    attempt: trusting(trustOf({ Effect: "Allow", NotPrincipal: { AWS: "x" }, Action: ["sts:AssumeRole"] })),
    refusedBy: "it trusts none",
  },
  {
    name: "a role for what is no service of AWS",
    attempt: trusting(policyDocument([trustService("ec2.amazonaws.com.example.com")])),
    refusedBy: "it trusts",
  },
  {
    name: "a statement that is no list",
    attempt: trusting('{"Statement":{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}}'),
    refusedBy: "its trust is not one document",
  },
  {
    name: "a principal twice, of which readers take one each",
    attempt: trusting(
      '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole","Principal":{"Service":"ec2.amazonaws.com"}}]}',
    ),
    refusedBy: "its trust is not one document",
  },
  {
    name: "a trust policy of which a function makes a part",
    attempt: trusting(trustOf({ Sid: "${var.more}", ...trustService("ec2.amazonaws.com") })),
    refusedBy: "its trust is not one document",
  },
];

/** The one role that EKS takes without a path. */
const fargateRole: MakeRole<WorkspaceStack> = (stack, more = {}) =>
  nodeRole(stack, {
    name: "dev-a-fargate-pods",
    path: "/",
    assumeRolePolicy: policyDocument([trustService("eks-fargate-pods.amazonaws.com")]),
    ...more,
  });

/** What is no such role, and has no path all the same. */
const others: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "of another name": { name: "dev-b-fargate-pods" },
  "for another service": { assumeRolePolicy: policyDocument([trustService("ec2.amazonaws.com")]) },
  "for another service too": {
    assumeRolePolicy: policyDocument(["eks-fargate-pods", "ec2"].map((name) => trustService(`${name}.amazonaws.com`))),
  },
};

const withoutPath: readonly Attempt[] = Object.entries(others).map(([what, more]) => ({
  name: `a role without a path, as that of pods on Fargate, but ${what}`,
  attempt: (stack) => void fargateRole(stack, more),
  refusedBy: "its path is another",
}));

const policies: readonly Attempt[] = [
  ...["AdministratorAccess", "IAMFullAccess", "job-function/SystemAdministrator", "AmazonEKSClusterPolicy/../x"].map(
    (policy) => ({
      name: `${policy}, attached`,
      attempt: attaching(`arn:aws:iam::aws:policy/${policy}`),
      refusedBy: "its policy is arn:aws:iam::aws:policy/",
    }),
  ),
  {
    name: "a policy of its own, attached where only AWS's may be",
    attempt: (stack) => {
      override("resource.aws_iam_policy.all", { name: "all", policy: "{}" })(stack);
      attaching("${aws_iam_policy.all.arn}")(stack);
    },
    refusedBy: "its policy is ${aws_iam_policy.all.arn}",
  },
  {
    name: "a policy of the account, attached",
    attempt: attaching("arn:aws:iam::123456789012:policy/demarc/demarc-ap-northeast-1-infra"),
    refusedBy: "its policy is arn:aws:iam::123456789012:policy/",
  },
  {
    name: "a policy of AWS's on another stack's role",
    attempt: (stack) =>
      new IamRolePolicyAttachment(stack, "attachment", {
        role: "dev-a-external-dns",
        policyArn: "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
      }),
    refusedBy: "its role is dev-a-external-dns",
  },
  {
    name: "a boundary that keeps what it said",
    attempt: override("resource.aws_iam_policy.x", { lifecycle: { ignore_changes: ["policy"] } }),
    refusedBy: "it may not ignore changes of policy",
  },
  {
    name: "an instance profile with another stack's role",
    attempt: override("resource.aws_iam_instance_profile.x", { role: "dev-a-external-dns" }),
    refusedBy: "its role is dev-a-external-dns",
  },
];

/** What only IAM's own administrators make: what acts without a role, or takes from others what they have. */
const nobodys: readonly Attempt[] = [
  "user",
  "user_policy",
  "user_login_profile",
  "access_key",
  "group",
  "group_membership",
  "policy_attachment",
  "saml_provider",
  "account_password_policy",
  "role_policies_exclusive",
  "service_specific_credential",
].map((type) => ({
  name: `aws_iam_${type}`,
  attempt: override(`resource.aws_iam_${type}.x`, { name: "x" }),
  refusedBy: "people and machines act by roles",
}));

/** Another account's or environment's may bear the same name or tag, or there may be a second one tomorrow. */
const searches: readonly Attempt[] = [
  { lookup: "aws_vpc", by: { tags: { Name: "dev" } }, named: "tags" },
  { lookup: "aws_vpc", by: { id: "vpc-1", default: true }, named: "default, id" },
  { lookup: "aws_vpc", by: {}, named: "nothing" },
  { lookup: "aws_subnet", by: { vpc_id: "vpc-1", filter: [] }, named: "filter, vpc_id" },
  { lookup: "aws_route53_zone", by: { name: "example.com" }, named: "name" },
].map(({ lookup, by, named }) => ({
  name: `${lookup} looked up by ${named}`,
  attempt: override(`data.${lookup}.x`, by),
  refusedBy: `looks up ${lookup} by ${named}; name its`,
}));

/** What infra may not have in its stacks. */
export const infra: readonly Attempt[] = [
  ...anySection,
  ...states,
  ...anyRole(nodeRole),
  ...trust,
  ...withoutPath,
  ...policies,
  ...nobodys,
  ...searches,
  ...sharedSecrets,
];

/** What stays allowed to infra. */
export const allowedToInfra: Readonly<Record<string, Attempt["attempt"]>> = {
  "a role of a service": (stack) => void nodeRole(stack),
  "a role without a path, to start pods on Fargate": (stack) => void fargateRole(stack),
  "a policy for AWS's own parts": attaching("arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"),
  "the contract of another stack of its own": (stack) => {
    consume(stack, networkContract);
  },
  "a database whose password AWS makes and keeps": override("resource.aws_db_instance.x", {
    manage_master_user_password: true,
    password: null,
  }),
  "secrets that the provider gets and no state keeps": (stack) => {
    override("resource.aws_db_instance.x", { password_wo: "hunter2", password_wo_version: 1 })(stack);
    override("resource.aws_ssm_parameter.x", { value_wo: "hunter2", value_wo_version: 1 })(stack);
  },
  "a move": override("moved", [{ from: "aws_vpc.a", to: "aws_vpc.b" }]),
  "an import": override("import", [{ to: "aws_s3_bucket.states", id: "states" }]),
  "a VPC, a subnet and a hosted zone, looked up by id": (stack) => {
    const lifecycle = { postcondition: [{ condition: "${true}", error_message: "No." }] };
    override("data.aws_vpc.x", { id: "vpc-1", lifecycle })(stack);
    override("data.aws_subnet.x", { id: "subnet-1" })(stack);
    override("data.aws_route53_zone.x", { zone_id: "Z1" })(stack);
  },
  "an OpenID Connect provider": override("resource.aws_iam_openid_connect_provider.x", {}),
};
