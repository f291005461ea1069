import type { AccessEntry } from "@aws-sdk/client-eks";
import { randomUUID } from "node:crypto";
import { type Context, objectArn } from "../context";
import { Collection, type ClusterRecord, type StoredAccessEntry } from "../store";

/** Whom Kubernetes sees, per type of entry for nodes. */
export const NODE_TYPES: ReadonlyMap<string, { readonly username: string; readonly groups: readonly string[] }> =
  new Map([
    ["EC2", { username: "system:node:{{EC2PrivateDNSName}}", groups: ["system:nodes"] }],
    ["EC2_LINUX", { username: "system:node:{{EC2PrivateDNSName}}", groups: ["system:nodes"] }],
    [
      "EC2_WINDOWS",
      { username: "system:node:{{EC2PrivateDNSName}}", groups: ["eks:kube-proxy-windows", "system:nodes"] },
    ],
    ["FARGATE_LINUX", { username: "system:node:{{SessionName}}", groups: ["system:node-proxier", "system:nodes"] }],
    ["HYBRID_LINUX", { username: "system:node:{{SessionName}}", groups: ["system:nodes"] }],
  ]);

export type NewAccessEntry = Pick<AccessEntry, "username" | "kubernetesGroups" | "tags"> & {
  readonly principalArn: string;
  readonly type: string;
};

/**
 * Makes an access entry, with the user name and groups that EKS gives where none are asked for.
 *
 * @throws EksError ResourceInUseException when the principal has one
 */
export function addAccessEntry(context: Context, { cluster, accessEntries }: ClusterRecord, asked: NewAccessEntry) {
  const { principalArn, type, kubernetesGroups, username, tags = {} } = asked;
  const nodes = NODE_TYPES.get(type);
  const { account, kind, name } = splitPrincipal(principalArn);
  const entry: StoredAccessEntry["entry"] = {
    clusterName: cluster.name,
    principalArn,
    accessEntryArn: `${accessEntryArn(context, cluster.name, principalArn)}/${randomUUID()}`,
    type,
    kubernetesGroups: kubernetesGroups ?? [...(nodes?.groups ?? [])],
    username: username ?? nodes?.username ?? defaultUsername(principalArn, kind, account, name),
    createdAt: new Date(),
    modifiedAt: new Date(),
    tags,
  };
  accessEntries.add(principalArn, { entry, policies: new Collection("associated access policy", cluster.name) });
  return entry;
}

/** ARN of a principal's access entry, without its id. */
export function accessEntryArn(context: Context, cluster: string, principalArn: string): string {
  const { account, kind, path } = splitPrincipal(principalArn);
  return objectArn(context, "access-entry", cluster, `${kind}/${account}/${path}`);
}

/** A session of a role tells by its name who it is; a user is one already. */
function defaultUsername(principalArn: string, kind: string, account: string, name: string): string {
  return kind === "role" ? `arn:aws:sts::${account}:assumed-role/${name}/{{SessionName}}` : principalArn;
}

/** The parts of an IAM principal's ARN; `path` is the path and the name. */
function splitPrincipal(arn: string) {
  const [, account = "", kind = "", path = ""] = /^arn:[^:]+:iam::(\d{12}):(root|user|role)\/?(.*)$/.exec(arn) ?? [];
  return { account, kind, path, name: path.slice(path.lastIndexOf("/") + 1) };
}
