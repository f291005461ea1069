import { TerraformHclModule, TerraformVariable } from "cdktf";
import type { WorkspaceStack } from "../../stack";
import { override, type StackAttempt } from "./attempt";

/** Sections that no workspace may write. */
export const anySection: readonly StackAttempt<WorkspaceStack>[] = [
  {
    name: "a module",
    attempt: (stack) => new TerraformHclModule(stack, "module", { source: "registry.example.com/any/thing/aws" }),
    refusedBy: "may not write module",
  },
  {
    name: "a variable, which another file or shell sets",
    attempt: (stack) => new TerraformVariable(stack, "variable", { type: "string" }),
    refusedBy: "may not write variable",
  },
  { name: "locals", attempt: override("locals.x", 1), refusedBy: "may not write locals" },
  { name: "a removal", attempt: override("removed", [{ from: "a.b" }]), refusedBy: "may not write removed" },
  {
    name: "a check, with data of its own",
    attempt: override("check.x", { data: { http: { x: { url: "https://example.com" } } } }),
    refusedBy: "may not write check",
  },
  {
    name: "an ephemeral resource",
    attempt: override("ephemeral.aws_secretsmanager_secret_version.x", {}),
    refusedBy: "may not write ephemeral",
  },
  ...Object.entries({
    "a file of the machine where Terraform runs": '${file("/proc/self/environ")}',
    "one in the middle of a text": 'x ${base64encode(filebase64 ("~/.aws/credentials"))} y',
    "one with a comment before its name": '${join("", [/* x */ file/* ( */("/etc/passwd")])}',
    "one behind a comment of a line": '${file # (\n ("/etc/passwd")}',
    "one by the function's whole name": '${core::file("/etc/passwd")}',
    "one in a directive": '%{ if fileexists("/etc/passwd") }yes%{ endif }',
    "a template that is a file": '${templatefile("/etc/passwd", {})}',
    "a template that nobody can read": "${templatestring(local.x, {})}",
  }).map(([name, value]) => ({
    name,
    attempt: override("output.x", { value }),
    refusedBy: "it reads files where Terraform runs",
  })),
  {
    name: "a file as a name",
    attempt: override("output.x", { value: { '${file("/etc/passwd")}': 1 } }),
    refusedBy: "no file(…)",
  },
  { name: "what Terraform may come to know", attempt: override("action.x.y", {}), refusedBy: "may not write action" },
];
