import type { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { allow, policyDocument } from "../../iam";
import type { WorkspaceStack } from "../../stack";
import type { StackAttempt } from "./attempt";

/** Makes a role as the workspace may have it, but for what is given. */
export type MakeRole<Stack extends WorkspaceStack> = (
  stack: Stack,
  more?: Readonly<Record<string, unknown>>,
) => IamRole;

/** Arguments that a role of no workspace may have, and what refuses each. */
const REFUSED: readonly [name: string, more: Readonly<Record<string, unknown>>, refusedBy: string][] = [
  ["a role without a path", { path: undefined }, "its path is another"],
  ["a role on an app's path", { path: "/demarc/dev/storefront/" }, "its path is another"],
  ["a role without a boundary", { permissionsBoundary: undefined }, "its permissions_boundary is another"],
  [
    "a role with a boundary of AWS's",
    { permissionsBoundary: "arn:aws:iam::aws:policy/AdministratorAccess" },
    "its permissions_boundary is another",
  ],
  ["a role with another team's tag", { tags: { team: "shop" } }, "its tag team is shop"],
  ["a role with a tag that the stack lacks", { tags: { "used-by": "*" } }, "its tag used-by is *"],
  ["a role whose tags a function makes", { tags: '${{ team = "shop" }}' }, "its tags are ${{"],
  [
    "AdministratorAccess in a role",
    { managedPolicyArns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    "it may not have managed_policy_arns",
  ],
  [
    "a policy inside of a role",
    { inlinePolicy: [{ name: "x", policy: policyDocument([allow("*").on("*")]) }] },
    "it may not have inline_policy",
  ],
];

/** Places of a role that would stay what they were, whoever owns the app by now. */
const IGNORED: Readonly<Record<string, unknown>> = {
  "its boundary": ["permissions_boundary"],
  "its tags": ["tags", "tags_all"],
  "one of its tags": ['tags["team"]'],
  "its trust": ["assume_role_policy"],
  everything: "all",
};

/** What no workspace may do with roles, and with what hangs on them. */
export function anyRole<Stack extends WorkspaceStack>(make: MakeRole<Stack>): StackAttempt<Stack>[] {
  const policy = policyDocument([allow("s3:GetObject").on("*")]);
  const arguments_ = REFUSED.map(([name, more, refusedBy]) => ({
    name,
    attempt: (stack: Stack) => void make(stack, more),
    refusedBy,
  }));
  const ignoring = Object.entries(IGNORED).map(([what, ignored]) => ({
    name: `a role that keeps ${what}`,
    attempt: (stack: Stack) => make(stack).addOverride("lifecycle", { ignore_changes: ignored }),
    refusedBy: "it may not ignore changes of",
  }));
  return [
    ...arguments_,
    ...ignoring,
    {
      name: "a role with a list of lifecycles, which Terraform reads too",
      attempt: (stack) => make(stack).addOverride("lifecycle", [{ ignore_changes: ["tags"] }]),
      refusedBy: "its lifecycle is not one object",
    },
    {
      name: "a policy that keeps what it said",
      attempt: (stack) =>
        new IamRolePolicy(stack, "policy", {
          role: make(stack).name,
          policy,
          lifecycle: { ignoreChanges: ["policy"] },
        }),
      refusedBy: "it may not ignore changes of policy",
    },
    {
      name: "a policy inside of a role, in a dynamic block",
      attempt: (stack) => make(stack).addOverride("dynamic", { inline_policy: {} }),
      refusedBy: "may not have dynamic",
    },
    {
      name: "a policy on another workspace's role",
      attempt: (stack) => new IamRolePolicy(stack, "policy", { role: "dev-a-app-storefront", policy }),
      refusedBy: "its role is dev-a-app-storefront",
    },
  ];
}

/** Principals that no role trusts, by what they are. */
export const strangers: Readonly<Record<string, unknown>> = {
  everybody: "*",
  "everybody of every account": { AWS: "*" },
  "another account": { AWS: "arn:aws:iam::210987654321:root" },
  "everybody of the account": { AWS: "arn:aws:iam::123456789012:root" },
  "a role of the account": { AWS: "arn:aws:iam::123456789012:role/team/pets" },
  "whom another company signs in": { Federated: "accounts.google.com" },
};
