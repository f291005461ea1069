import type { Context } from "./context";
import { EksError } from "./http/errors";
import { requestBody, tags } from "./http/body";
import { type Call, get, post, remove } from "./http/route";
import type { ClusterRecord } from "./store";

interface Tagged {
  tags?: Record<string, string> | undefined;
}

/** Every object of a cluster that has tags, by ARN. */
function taggedObjects(record: ClusterRecord): readonly (readonly [arn: string | undefined, object: Tagged])[] {
  return [
    [record.cluster.arn, record.cluster],
    ...record.nodegroups.values().map(({ nodegroup }) => [nodegroup.nodegroupArn, nodegroup] as const),
    ...record.fargateProfiles.values().map((profile) => [profile.fargateProfileArn, profile] as const),
    ...record.addons.values().map((addon) => [addon.addonArn, addon] as const),
    ...record.accessEntries.values().map(({ entry }) => [entry.accessEntryArn, entry] as const),
    ...record.podIdentityAssociations.values().map((association) => [association.associationArn, association] as const),
    ...record.identityProviderConfigs.values().map((config) => [config.identityProviderConfigArn, config] as const),
  ];
}

/** @throws EksError NotFoundException: the tag operations have a type of their own for it */
function taggedBy({ store }: Context, arn: string): Tagged {
  for (const record of store.clusters.values()) {
    for (const [itsArn, object] of taggedObjects(record)) {
      if (itsArn === arn) return object;
    }
  }
  throw new EksError("NotFoundException", `No resource found for ARN: ${arn}.`);
}

const tagRequest = requestBody({ tags });

function tagResource(context: Context, { parameter, body }: Call<"resourceArn", { tags: Record<string, string> }>) {
  const object = taggedBy(context, parameter("resourceArn"));
  object.tags = { ...object.tags, ...body.tags };
  return {};
}

function untagResource(context: Context, { parameter, query }: Call<"resourceArn">) {
  const object = taggedBy(context, parameter("resourceArn"));
  const removed = new Set(query.getAll("tagKeys"));
  object.tags = Object.fromEntries(Object.entries(object.tags ?? {}).filter(([key]) => !removed.has(key)));
  return {};
}

function listTagsForResource(context: Context, { parameter }: Call<"resourceArn">) {
  return { tags: taggedBy(context, parameter("resourceArn")).tags ?? {} };
}

export const tagRoutes = [
  post("TagResource", "/tags/{resourceArn}", tagRequest, tagResource),
  remove("UntagResource", "/tags/{resourceArn}", untagResource),
  get("ListTagsForResource", "/tags/{resourceArn}", listTagsForResource),
];
