import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { TerraformOutput } from "cdktf";
import { allow, deny, policyDocument, trustServiceAccount } from "../../iam";
import { consume } from "../../contract";
import { dataContract } from "../../contracts";
import { ApplicationStack } from "../../workload";
import { type Fill, configMap, typed, oidcOf, override, ownRole, role, asking } from "./attempt";

const everything = allow("s3:GetObject").on("arn:aws:s3:::pets--pictures/*");

/** What stays allowed, so that no rule refuses all. */
export const allowedInStacks: Readonly<Record<string, Fill>> = {
  "nothing at all": () => undefined,
  "an object in its namespace, by the contract": (stack) => void configMap(stack),
  "an object in its namespace, by its name": typed("pets"),
  "a role of its own, and a second one": (stack) => {
    ownRole(stack);
    ownRoleNamed(stack, "dev-a-app-petstore-worker");
  },
  "its own tag, once more": role(() => ({ tags: { team: "pets" }, maxSessionDuration: 7200 })),
  "what lies inside of the boundary": asking(everything, deny("s3:DeleteObject").on("*")),
  "its own database user": asking((stack) =>
    allow("rds-db:connect").on(
      `arn:aws:rds-db:ap-northeast-1:123456789012:dbuser:${consume(stack, dataContract).databaseResourceId}/petstore`,
    ),
  ),
  "the key of the queue that all share": asking((stack) =>
    allow("kms:GenerateDataKey").on(consume(stack, dataContract).queueKeyArn),
  ),
  "a text that is only about a file": override("output.x", { value: '$${file("/etc/passwd")} is no reference' }),
  "an output": (stack) => {
    new TerraformOutput(stack, "out", { value: "x" });
  },
};

function ownRoleNamed(stack: ApplicationStack, name: string): void {
  new IamRole(stack, "second", {
    name,
    path: stack.rolePath,
    permissionsBoundary: stack.permissionsBoundary,
    assumeRolePolicy: policyDocument([trustServiceAccount(oidcOf(stack), "pets", "petstore")]),
  });
}
