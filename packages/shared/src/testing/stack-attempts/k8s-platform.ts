import { EksPodIdentityAssociation } from "@cdktf/provider-aws/lib/eks-pod-identity-association";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { policyDocument, trustPodIdentity, trustService, trustServiceAccount } from "../../iam";
import type { KubernetesStack } from "../../stack";
import { anyRole, type MakeRole, strangers } from "./any-role";
import { anySection } from "./any-section";
import { oidcOf, override, remote, type StackAttempt, trustOf } from "./attempt";

type Attempt = StackAttempt<KubernetesStack>;

/** The service account of a controller. */
const podIn = ({ environment }: KubernetesStack) => ({
  environment,
  cluster: "dev-a",
  namespace: "external-dns",
  serviceAccount: "external-dns",
});

const podRole: MakeRole<KubernetesStack> = (stack, more = {}) =>
  new IamRole(stack, "role", {
    name: "dev-a-external-dns",
    path: stack.rolePath,
    permissionsBoundary: stack.permissionsBoundary,
    assumeRolePolicy: policyDocument([trustPodIdentity(podIn(stack))]),
    ...more,
  });

const trusting =
  (trust: (stack: KubernetesStack) => string): Attempt["attempt"] =>
  (stack) =>
    void podRole(stack, { assumeRolePolicy: trust(stack) });

/** An association as it may be, but for what is given. */
const association =
  (more: Readonly<Record<string, string>>): Attempt["attempt"] =>
  (stack) =>
    new EksPodIdentityAssociation(stack, "association", {
      clusterName: stack.clusterContract.name,
      namespace: "external-dns",
      serviceAccount: "external-dns",
      roleArn: podRole(stack).arn,
      ...more,
    });

const sections: readonly Attempt[] = [
  ...anySection,
  {
    name: "an import of what another has",
    attempt: override("import", [{ to: "aws_iam_role.x", id: "dev-a-app-storefront" }]),
    refusedBy: "may not write import",
  },
  {
    name: "another team's secret as data",
    attempt: override("data.aws_secretsmanager_secret_version.x", { secret_id: "x" }),
    refusedBy: "may not look up aws_secretsmanager_secret_version",
  },
];

const states: readonly Attempt[] = [
  { name: "the state of an app: no arrow goes back", attempt: remote({}), refusedBy: "is no state of a contract's" },
  {
    name: "the state of the account stack",
    attempt: remote({ key: "account/infra/account.tfstate" }),
    refusedBy: "is no state of a contract's producer",
  },
  {
    name: "the cluster of another",
    attempt: remote({ key: "dev/b/infra/cluster.tfstate" }),
    refusedBy: "is no state of a contract's producer",
  },
];

const notOne = "it trusts more or others than one service account of its cluster";

const trust: readonly Attempt[] = [
  ...Object.entries({ ...strangers, "a service of AWS": { Service: "ec2.amazonaws.com" } }).map(([who, Principal]) => ({
    name: `a role for ${who}`,
    attempt: trusting(() => trustOf({ Effect: "Allow", Principal, Action: ["sts:AssumeRole"] })),
    refusedBy: notOne,
  })),
  {
    name: "a role for two service accounts",
    attempt: trusting((stack) =>
      policyDocument([trustPodIdentity(podIn(stack)), trustPodIdentity({ ...podIn(stack), serviceAccount: "other" })]),
    ),
    refusedBy: notOne,
  },
  {
    name: "a role for two service accounts, in one statement",
    attempt: trusting((stack) => {
      const { Condition, ...statement } = trustServiceAccount(oidcOf(stack), "external-dns", "external-dns");
      const [subject = ""] = Object.keys(Condition?.["StringEquals"] ?? {});
      const subjects = ["system:serviceaccount:external-dns:external-dns", "system:serviceaccount:pets:default"];
      return trustOf({
        ...statement,
        Condition: { StringEquals: { ...Condition?.["StringEquals"], [subject]: subjects } },
      });
    }),
    refusedBy: notOne,
  },
  {
    name: "a role for pods of another cluster",
    attempt: trusting((stack) => policyDocument([trustPodIdentity({ ...podIn(stack), cluster: "dev-b" })])),
    refusedBy: notOne,
  },
  {
    name: "a role for pods of another account's cluster",
    attempt: trusting((stack) => {
      const environment = { ...stack.environment, account: "210987654321" };
      return policyDocument([trustPodIdentity({ ...podIn(stack), environment })]);
    }),
    refusedBy: notOne,
  },
  {
    name: "a role for every pod, which no condition names",
    attempt: trusting(() => policyDocument([trustService("pods.eks.amazonaws.com")])),
    refusedBy: notOne,
  },
  {
    name: "a role for service accounts by a pattern",
    attempt: trusting((stack) => policyDocument([trustServiceAccount(oidcOf(stack), "external-dns", "*")])),
    refusedBy: notOne,
  },
  {
    name: "a role for an issuer of its own",
    attempt: trusting(() =>
      policyDocument([
        trustServiceAccount(
          { arn: "arn:aws:iam::123456789012:oidc-provider/evil", issuer: "evil" },
          "external-dns",
          "external-dns",
        ),
      ]),
    ),
    refusedBy: notOne,
  },
];

const associations: readonly Attempt[] = [
  {
    name: "another app's role, handed out",
    attempt: association({ roleArn: "arn:aws:iam::123456789012:role/demarc/dev/storefront/dev-a-app-storefront" }),
    refusedBy: "its role is arn:aws:iam::123456789012:role/demarc/dev/storefront/",
  },
  {
    name: "a role that leads on to another",
    // The provider that is pinned does not know the argument; a later one does.
    attempt: override("resource.aws_eks_pod_identity_association.x", {
      target_role_arn: "arn:aws:iam::210987654321:role/theirs",
    }),
    refusedBy: "it leads on to another role",
  },
  {
    name: "a role that is handed out in another cluster",
    attempt: association({ clusterName: "dev-b" }),
    refusedBy: "its cluster is dev-b",
  },
];

/** What infra makes, or nobody. */
const others: readonly Attempt[] = [
  "aws_iam_user",
  "aws_iam_group",
  "aws_iam_access_key",
  "aws_iam_policy",
  "aws_iam_role_policy_attachment",
  "aws_iam_instance_profile",
  "aws_iam_openid_connect_provider",
  "aws_eks_access_entry",
  "aws_eks_addon",
  "aws_route53_record",
].map((type) => ({
  name: type,
  attempt: override(`resource.${type}.x`, {}),
  refusedBy: `may not create ${type}`,
}));

const programs: readonly Attempt[] = [
  {
    name: "a release with a program after it",
    attempt: override("resource.helm_release.x", { name: "x", chart: "x", postrender: { binary_path: "sh" } }),
    refusedBy: "no postrender",
  },
];

/** What k8s-platform may not have in its stacks. */
export const k8sPlatform: readonly Attempt[] = [
  ...sections,
  ...states,
  ...anyRole(podRole),
  ...trust,
  ...associations,
  ...others,
  ...programs,
];

/** What stays allowed to k8s-platform. */
export const allowedToK8sPlatform: Readonly<Record<string, Attempt["attempt"]>> = {
  "a role of a service account, by EKS Pod Identity": association({}),
  "a role of a service account, by its token": trusting((stack) =>
    policyDocument([trustServiceAccount(oidcOf(stack), "external-dns", "external-dns")]),
  ),
  "a move": override("moved", [{ from: "helm_release.a", to: "helm_release.b" }]),
};
