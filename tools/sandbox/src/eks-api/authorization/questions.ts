import { z } from "zod";
import type { AskedQuestion, AskedResource } from "../../judge/call";
import { accessEntryArn } from "../access/entry";
import { type Context, eksArn, objectArn } from "../context";
import type { Request } from "../http/route";
import { taggedObjects } from "../tags";

const EKS = "eks.amazonaws.com";

/** Roles that an operation hands to EKS: the body's field, and whom the caller must be allowed to pass it to. */
const PASSED: Readonly<Record<string, readonly (readonly [field: string, service: string])[]>> = {
  CreateCluster: [["roleArn", EKS]],
  CreateNodegroup: [["nodeRole", EKS]],
  CreateFargateProfile: [["podExecutionRoleArn", EKS]],
  CreateAddon: [["serviceAccountRoleArn", EKS]],
  UpdateAddon: [["serviceAccountRoleArn", EKS]],
  CreatePodIdentityAssociation: [["roleArn", "pods.eks.amazonaws.com"]],
  UpdatePodIdentityAssociation: [["roleArn", "pods.eks.amazonaws.com"]],
};

/** Condition keys of EKS's own, by the body's field. */
const KEYS: Readonly<Record<string, string>> = {
  kubernetesGroups: "eks:kubernetesGroups",
  policyArn: "eks:policyArn",
  principalArn: "eks:principalArn",
  type: "eks:accessEntryType",
  username: "eks:username",
};

/**
 * ARNs of a cluster's objects, by the parameter of the path that names the object. The id that EKS gives most of them nobody knows who
 * looks for one that is gone: policies are asked about any.
 */
const NAMED: Readonly<Record<string, (context: Context, cluster: string, name: string) => string>> = {
  addonName: (context, cluster, name) => `${objectArn(context, "addon", cluster, name)}/*`,
  associationId: (context, cluster, id) => objectArn(context, "podidentityassociation", cluster, id),
  fargateProfileName: (context, cluster, name) => `${objectArn(context, "fargateprofile", cluster, name)}/*`,
  nodegroupName: (context, cluster, name) => `${objectArn(context, "nodegroup", cluster, name)}/*`,
  principalArn: (context, cluster, principal) => `${accessEntryArn(context, cluster, principal)}/*`,
};

const fields = z.record(z.string(), z.unknown()).catch({});
const tagsOf = z.object({ tags: z.record(z.string(), z.string()) });
const texts = z.union([z.string(), z.array(z.string())]);

/** What a call of EKS needs to be allowed: its own action on the objects that it names, and to pass on the roles that it names. */
export function questionsOf(
  context: Context,
  operation: string,
  request: Pick<Request, "body" | "query">,
  parameters: ReadonlyMap<string, string>,
): readonly AskedQuestion[] {
  const body = fields.parse(request.body);
  const general = {
    "aws:RequestedRegion": context.region,
    "aws:SecureTransport": "true",
    "aws:ViaAWSService": "false",
  };
  const own = { ...general, ...tagContext(body, request.query), ...ownContext(operation, body, parameters) };
  const passed = (PASSED[operation] ?? []).flatMap(([field, service]) => {
    const role = body[field];
    return typeof role === "string" ? [{ role, service }] : [];
  });
  return [
    { action: `eks:${operation}`, resources: resourcesOf(context, body, parameters), context: own },
    ...passed.map(({ role, service }) => ({
      action: "iam:PassRole",
      resources: [{ arn: role, context: {} }],
      context: { ...general, "iam:PassedToService": service },
    })),
  ];
}

/** The cluster of the path, its objects whose name the path or the body has, and those that the path names and that are not there. */
function resourcesOf(
  context: Context,
  body: Readonly<Record<string, unknown>>,
  parameters: ReadonlyMap<string, string>,
): AskedResource[] {
  const name = parameters.get("name");
  const record = name === undefined ? undefined : context.store.clusters.find(name);
  const values = new Set([...parameters.values(), ...Object.values(body)]);
  const objects = record === undefined ? [] : taggedObjects(record);
  const named = objects.filter(([arn, , own]) => values.has(own) || (arn !== undefined && values.has(arn)));
  const asked: AskedResource[] = named.flatMap(([arn, { tags = {} }]) =>
    arn === undefined ? [] : [{ arn, context: resourceTags(tags) }],
  );
  const known = new Set(asked.map(({ arn }) => arn));
  const cluster = name === undefined ? [] : [eksArn(context, `cluster/${name}`)];
  const tagged = parameters.get("resourceArn");
  const absent = Object.entries(NAMED).flatMap(([parameter, arnOf]) => {
    const own = parameters.get(parameter);
    if (name === undefined || own === undefined) return [];
    const wanted = arnOf(context, name, own);
    return named.some(([arn = ""]) => arn.startsWith(wanted.replace(/\*$/, ""))) ? [] : [wanted];
  });
  const others = [...cluster, ...absent, ...(tagged === undefined ? [] : [tagged])].filter((arn) => !known.has(arn));
  return [...asked, ...others.map((arn) => ({ arn, context: {} }))];
}

function resourceTags(tags: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}

function tagContext(body: object, query: URLSearchParams) {
  const given = tagsOf.safeParse(body);
  const tags = given.success ? given.data.tags : {};
  const keys = [...Object.keys(tags), ...query.getAll("tagKeys")];
  const requested = Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  return keys.length === 0 ? {} : { ...requested, "aws:TagKeys": keys };
}

function ownContext(
  operation: string,
  body: Readonly<Record<string, unknown>>,
  parameters: ReadonlyMap<string, string>,
) {
  if (!/Access(Entry|Policy)$/.test(operation)) return {};
  const given = { ...Object.fromEntries(parameters), ...body };
  return Object.fromEntries(
    Object.entries(KEYS).flatMap(([field, key]) => {
      const value = texts.safeParse(given[field]);
      return value.success ? [[key, value.data]] : [];
    }),
  );
}
