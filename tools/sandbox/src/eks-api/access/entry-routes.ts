import { z } from "zod";
import type { Context } from "../context";
import { requestBody, tags } from "../http/body";
import { EksError, refuse } from "../http/errors";
import { type Call, get, post, remove } from "../http/route";
import type { ClusterRecord } from "../store";
import { hasAccessEntries } from "./granted";
import { addAccessEntry, NODE_TYPES } from "./entry";

const principalArn = z
  .string()
  .regex(
    /^arn:aws[a-z-]*:iam::\d{12}:(root|user\/.+|role\/.+)$/,
    "must be the ARN of an IAM role, user or account root; a session (arn:aws:sts::...) is none",
  );

const kubernetesGroups = z.array(
  z.string().refine((group) => !group.startsWith("system:"), {
    error: ({ input }) => `The kubernetes group name ${String(input)} is invalid, it cannot start with system:`,
  }),
);

/** Beginnings that EKS keeps for itself. */
const RESERVED_USERNAMES = ["system:", "eks:", "aws:", "amazon:", "iam:"];

const createRequest = requestBody({
  principalArn,
  type: z.enum(["STANDARD", ...NODE_TYPES.keys()]).default("STANDARD"),
  kubernetesGroups: kubernetesGroups.optional(),
  username: z.string().optional(),
  tags: tags.optional(),
});

const updateRequest = requestBody({
  kubernetesGroups: kubernetesGroups.optional(),
  username: z.string().optional(),
});

/**
 * The cluster, if it has access entries.
 *
 * @throws EksError InvalidRequestException when it maps principals by ConfigMap only
 */
export function clusterWithEntries({ store }: Context, name: string): ClusterRecord {
  const record = store.activeCluster(name);
  if (hasAccessEntries(record)) return record;
  throw new EksError(
    "InvalidRequestException",
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
}

async function createAccessEntry(context: Context, { parameter, body }: Call<"name", z.infer<typeof createRequest>>) {
  const record = clusterWithEntries(context, parameter("name"));
  const { accountId, account } = context;
  const problems = body.type === "STANDARD" ? usernameProblems(body.username) : nodeEntryProblems(body);
  const ownRole = body.principalArn.startsWith(`arn:aws:iam::${accountId}:role/`);
  const roleProblem = ownRole ? await account.identities.problemWithRole(body.principalArn) : undefined;
  refuse(roleProblem === undefined ? problems : [...problems, roleProblem]);
  return { accessEntry: addAccessEntry(context, record, body) };
}

function usernameProblems(username: string | undefined): string[] {
  const reserved = RESERVED_USERNAMES.find((prefix) => username?.startsWith(prefix));
  return reserved === undefined ? [] : [`The username must not begin with ${reserved}`];
}

function nodeEntryProblems({
  type,
  principalArn: arn,
  username,
  kubernetesGroups: groups,
}: z.infer<typeof createRequest>) {
  const problems: string[] = [];
  if (!arn.includes(":role/")) problems.push(`An access entry of type ${type} needs an IAM role, not ${arn}.`);
  if (username !== undefined || groups !== undefined) {
    problems.push(`An access entry of type ${type} takes neither username nor kubernetesGroups: EKS gives them.`);
  }
  return problems;
}

function describeAccessEntry(context: Context, { parameter }: Call<"name" | "principalArn">) {
  return {
    accessEntry: clusterWithEntries(context, parameter("name")).accessEntries.get(parameter("principalArn")).entry,
  };
}

function listAccessEntries(context: Context, { parameter }: Call<"name">) {
  return { accessEntries: clusterWithEntries(context, parameter("name")).accessEntries.names() };
}

function updateAccessEntry(
  context: Context,
  { parameter, body }: Call<"name" | "principalArn", z.infer<typeof updateRequest>>,
) {
  const { entry } = clusterWithEntries(context, parameter("name")).accessEntries.get(parameter("principalArn"));
  // Callers repeat the known name, which for nodes is one that nobody may choose.
  if (body.username !== entry.username) refuse(usernameProblems(body.username));
  entry.kubernetesGroups = body.kubernetesGroups ?? entry.kubernetesGroups;
  entry.username = body.username ?? entry.username;
  entry.modifiedAt = new Date();
  return { accessEntry: entry };
}

function deleteAccessEntry(context: Context, { parameter }: Call<"name" | "principalArn">) {
  const { accessEntries } = clusterWithEntries(context, parameter("name"));
  accessEntries.get(parameter("principalArn"));
  accessEntries.delete(parameter("principalArn"));
  return {};
}

const PATH = "/clusters/{name}/access-entries";
const ENTRY = `${PATH}/{principalArn}` as const;

export const accessEntryRoutes = [
  post("CreateAccessEntry", PATH, createRequest, createAccessEntry),
  get("ListAccessEntries", PATH, listAccessEntries),
  get("DescribeAccessEntry", ENTRY, describeAccessEntry),
  post("UpdateAccessEntry", ENTRY, updateRequest, updateAccessEntry),
  remove("DeleteAccessEntry", ENTRY, deleteAccessEntry),
];
