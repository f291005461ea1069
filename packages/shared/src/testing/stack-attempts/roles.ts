import { trustServiceAccount } from "../../iam";
import type { ApplicationStack } from "../../workload";
import { anyRole, strangers } from "./any-role";
import { type StackAttempt, override, oidcOf, ownRole, role, trusting, principal, notItsTrust } from "./attempt";

/** Roles, and who takes them. */
export const roles: readonly StackAttempt[] = [
  ...anyRole<ApplicationStack>(ownRole),
  {
    name: "the name of another app's role",
    attempt: role(() => ({ name: "dev-a-app-storefront" })),
    refusedBy: "its name is dev-a-app-storefront and must be dev-a-app-petstore",
  },
  {
    name: "the name of a controller's role",
    attempt: role(() => ({ name: "dev-a-external-dns" })),
    refusedBy: "its name is dev-a-external-dns",
  },
  {
    name: "a role by a prefix",
    attempt: role(() => ({ name: undefined, namePrefix: "dev-a-app-" })),
    refusedBy: "it may not have name_prefix",
  },
  {
    name: "infra's boundary",
    attempt: role((stack) => ({ permissionsBoundary: stack.permissionsBoundary.replace("apps", "infra") })),
    refusedBy: "its permissions_boundary is another",
  },
  {
    name: "AdministratorAccess, attached",
    attempt: override("resource.aws_iam_role_policy_attachment.x", {}),
    refusedBy: "may not create aws_iam_role_policy_attachment",
  },
  ...Object.entries({ ...strangers, "a service of AWS": { Service: "ec2.amazonaws.com" } }).map(([who, Principal]) => ({
    name: `a role for ${who}`,
    attempt: principal(Principal),
    refusedBy: notItsTrust,
  })),
  {
    name: "a role for every service account of the cluster",
    attempt: trusting((stack) => ({ ...trustServiceAccount(oidcOf(stack), "*", "*") })),
    refusedBy: notItsTrust,
  },
  {
    name: "a role for service accounts by a pattern",
    attempt: trusting((stack) => {
      const { Condition, ...trust } = trustServiceAccount(oidcOf(stack), stack.namespace, "petstore");
      return { ...trust, Condition: { StringLike: Condition?.["StringEquals"] } };
    }),
    refusedBy: notItsTrust,
  },
  {
    name: "a role for another team's service account",
    attempt: trusting((stack) => trustServiceAccount(oidcOf(stack), "shop", "petstore")),
    refusedBy: notItsTrust,
  },
  {
    name: "a role for a service account of another stack",
    attempt: trusting((stack) => trustServiceAccount(oidcOf(stack), stack.namespace, "other")),
    refusedBy: notItsTrust,
  },
  {
    name: "a role for an issuer of its own",
    attempt: trusting((stack) =>
      trustServiceAccount(
        { arn: "arn:aws:iam::123456789012:oidc-provider/evil", issuer: "evil" },
        stack.namespace,
        "petstore",
      ),
    ),
    refusedBy: notItsTrust,
  },
  {
    name: "a role for any audience",
    attempt: trusting((stack) => {
      const trust = trustServiceAccount(oidcOf(stack), stack.namespace, "petstore");
      const [subject] = Object.entries(trust.Condition?.["StringEquals"] ?? {});
      return { ...trust, Condition: { StringEquals: Object.fromEntries([subject ?? ["", ""]]) } };
    }),
    refusedBy: notItsTrust,
  },
  {
    name: "a role of some other type",
    attempt: override("resource.aws_iam_role_policies_exclusive.x", {}),
    refusedBy: "may not create aws_iam_role_policies_exclusive",
  },
];
