import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Aspects } from "cdktf";
import { consume } from "../../contract";
import { dataContract } from "../../contracts";
import { isRecord } from "../../json";
import { anySection } from "./any-section";
import { type StackAttempt, override, onProvider, remote } from "./attempt";

/** Sections and providers: how Terraform runs, and as whom. */
export const sections: readonly StackAttempt[] = [
  ...anySection,
  {
    name: "a resource that no construct stands for",
    attempt: override("resource.aws_iam_user.mine", { name: "mine" }),
    refusedBy: "may not create aws_iam_user",
  },
  {
    name: "a resource of no provider",
    attempt: override("resource.null_resource.x", {}),
    refusedBy: "may not create null_resource; no workspace may",
  },
  {
    name: "a resource of Terraform's own",
    attempt: override("resource.terraform_data.x", {}),
    refusedBy: "may not create terraform_data",
  },
  {
    name: "resources as a list, which Terraform reads too",
    attempt: override("resource", [{ aws_iam_user: { mine: { name: "mine" } } }]),
    refusedBy: "resource is not an object",
  },
  {
    name: "a resource's blocks as a list",
    attempt: override("resource.aws_iam_user", [{ mine: { name: "mine" } }]),
    refusedBy: "resource.aws_iam_user is not an object",
  },
  {
    name: "a resource twice, as a list",
    attempt: override("resource.kubernetes_config_map_v1.x", [{ metadata: {} }]),
    refusedBy: "resource.kubernetes_config_map_v1.x is not an object",
  },
  {
    name: "an override by an aspect, which comes after all constructs",
    attempt: (stack) =>
      Aspects.of(stack).add({ visit: (node) => node === stack && stack.addOverride("resource.aws_iam_user.late", {}) }),
    refusedBy: "may not create aws_iam_user",
  },
  {
    name: "a subclass that says one thing first and another then",
    attempt: (stack) => {
      let written = false;
      const first = stack.toTerraform.bind(stack);
      stack.toTerraform = () => {
        const json: unknown = first();
        const all = { ...(isRecord(json) ? json : {}), ...(written ? {} : { removed: [{ from: "x" }] }) };
        written = true;
        return all;
      };
    },
    refusedBy: "may not write removed",
  },
  {
    name: "an import of what another has",
    attempt: override("import", [{ to: "aws_iam_role.x", id: "dev-a-app-storefront" }]),
    refusedBy: "may not write import",
  },
  { name: "a move", attempt: override("moved", [{ from: "a.b", to: "a.c" }]), refusedBy: "may not write moved" },
  {
    name: "another place for its state",
    attempt: override("terraform.backend.s3.key", "dev/a/apps/storefront.tfstate"),
    refusedBy: "terraform.backend.s3.key is dev/a/apps/storefront.tfstate and must be dev/a/apps/petstore.tfstate",
  },
  {
    name: "a state that it does not lock",
    attempt: override("terraform.backend.s3.use_lockfile", false),
    refusedBy: "terraform.backend.s3.use_lockfile is false",
  },
  {
    name: "a state under another's role",
    attempt: override("terraform.backend.s3.assume_role", { role_arn: "arn:aws:iam::123456789012:role/team/infra" }),
    refusedBy: "terraform.backend.s3.assume_role is",
  },
  {
    name: "another kind of backend",
    attempt: override("terraform.backend", { local: { path: "/tmp/state" } }),
    refusedBy: "terraform.backend.local is",
  },
  {
    name: "Terraform's cloud",
    attempt: override("terraform.cloud", { organization: "mine" }),
    refusedBy: "terraform.cloud is",
  },
  {
    name: "another source of a provider",
    attempt: override("terraform.required_providers.aws.source", "evil.example.com/x/aws"),
    refusedBy: "terraform.required_providers.aws.source is",
  },
  {
    name: "another version of a provider",
    attempt: override("terraform.required_providers.helm.version", ">= 1"),
    refusedBy: "terraform.required_providers.helm.version is",
  },
  {
    name: "one more provider",
    attempt: override("terraform.required_providers.null", { source: "null", version: "3.2.4" }),
    refusedBy: "terraform.required_providers.null is",
  },
  {
    name: "a second AWS provider that takes another role",
    attempt: (stack) =>
      new AwsProvider(stack, "other", {
        alias: "other",
        assumeRole: [{ roleArn: "arn:aws:iam::123456789012:role/team/infra" }],
      }),
    refusedBy: "provider.aws[1] is",
  },
  {
    name: "a second AWS provider in another region",
    attempt: (stack) => new AwsProvider(stack, "other", { alias: "other", region: "us-east-1" }),
    refusedBy: "provider.aws[1] is",
  },
  {
    name: "a provider that takes another role",
    attempt: onProvider("aws", "assume_role", [{ role_arn: "arn:aws:iam::123456789012:role/team/infra" }]),
    refusedBy: "provider.aws[0].assume_role is",
  },
  {
    name: "a provider that asks somewhere else",
    attempt: onProvider("aws", "endpoints", [{ sts: "https://example.com" }]),
    refusedBy: "provider.aws[0].endpoints is",
  },
  {
    name: "tags of another team",
    attempt: onProvider("aws", "default_tags", [{ tags: { team: "shop" } }]),
    refusedBy: "default_tags[1] is",
  },
  {
    name: "a cluster of its own",
    attempt: onProvider("kubernetes", "host", "https://example.com"),
    refusedBy: "provider.kubernetes[0].host is https://example.com",
  },
  {
    name: "another program for the token",
    attempt: onProvider("helm", "kubernetes.exec.command", "sh"),
    refusedBy: "provider.helm[0].kubernetes.exec.command is sh",
  },
  { name: "one more provider's settings", attempt: override("provider.http", [{}]), refusedBy: "provider.http is" },
  { name: "the state of another app", attempt: remote({}), refusedBy: "is no state of a contract's producer" },
  {
    name: "the state of the account stack",
    attempt: remote({ key: "account/infra/account.tfstate" }),
    refusedBy: "is no state of a contract's producer",
  },
  {
    name: "a producer's state in another environment",
    attempt: remote({ key: "prod/infra/network.tfstate" }),
    refusedBy: "is no state of a contract's producer",
  },
  {
    name: "a producer's state in another bucket",
    attempt: remote({ key: "dev/infra/network.tfstate", bucket: "theirs" }),
    refusedBy: "is no state of a contract's producer",
  },
  {
    name: "a producer's state by another role",
    attempt: remote({ key: "dev/infra/network.tfstate", profile: "admin" }),
    refusedBy: "is no state of a contract's producer",
  },
  {
    name: "defaults in a producer's place",
    attempt: (stack) => {
      consume(stack, dataContract);
      stack.addOverride("data.terraform_remote_state.infra-data-v1.defaults", { data_v1: {} });
    },
    refusedBy: "it may not have defaults",
  },
  {
    name: "a program as data",
    attempt: override("data.external.x", { program: ["sh"] }),
    refusedBy: "may not look up external",
  },
  {
    name: "another's secret as data",
    attempt: override("data.aws_secretsmanager_secret_version.x", { secret_id: "x" }),
    refusedBy: "may not look up aws_secretsmanager_secret_version",
  },
];
