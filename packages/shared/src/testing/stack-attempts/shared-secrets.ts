import type { WorkspaceStack } from "../../stack";
import { override, type StackAttempt } from "./attempt";

/** Secrets in the state of a cluster, which whoever reads its contract reads. */
export const sharedSecrets: readonly StackAttempt<WorkspaceStack>[] = [
  {
    name: "a password of a database",
    attempt: override("resource.aws_db_instance.x", { password: "hunter2" }),
    refusedBy: "aws_db_instance has password, which the state keeps",
  },
  {
    name: "a secret's value",
    attempt: override("resource.aws_secretsmanager_secret_version.x", { secret_string: "hunter2" }),
    refusedBy: "aws_secretsmanager_secret_version has secret_string, which the state keeps",
  },
  {
    name: "a secret's value, read",
    attempt: override("data.aws_secretsmanager_secret_version.x", { secret_id: "x" }),
    refusedBy: "aws_secretsmanager_secret_version has secret_string, which its provider reads into the state",
  },
  {
    name: "a token of the cluster",
    attempt: override("data.aws_eks_cluster_auth.x", { name: "x" }),
    refusedBy: "aws_eks_cluster_auth has token, which its provider reads into the state",
  },
  {
    name: "an access key",
    attempt: override("resource.aws_iam_access_key.x", { user: "x" }),
    refusedBy: "aws_iam_access_key has secret, which its provider reads into the state",
  },
  {
    name: "an API key",
    attempt: override("resource.aws_api_gateway_api_key.x", { name: "x" }),
    refusedBy: "aws_api_gateway_api_key has value, which its provider reads into the state",
  },
  {
    name: "a password in the second block of several",
    attempt: override("resource.aws_mq_broker.x", {
      user: [{ username: "a" }, { username: "b", password: "hunter2" }],
    }),
    refusedBy: "aws_mq_broker has user.password",
  },
  {
    name: "a password in a dynamic block",
    attempt: override("resource.aws_mq_broker.x", {
      dynamic: { user: { for_each: ["a"], content: { username: "a", password: "hunter2" } } },
    }),
    refusedBy: "aws_mq_broker has user.password",
  },
];
