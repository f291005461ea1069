import type { Context } from "./context";
import { EksError } from "./http/errors";
import { requestBody, tags } from "./http/body";
import { type Call, get, post, remove } from "./http/route";
import type { ClusterRecord } from "./store";

interface Tagged {
  tags?: Record<string, string> | undefined;
}

/** Every object of a cluster that has tags: its ARN, itself, and the name that paths and bodies call it by. */
export function taggedObjects(
  record: ClusterRecord,
): readonly (readonly [arn: string | undefined, object: Tagged, name: string | undefined])[] {
  const { cluster, nodegroups, fargateProfiles, addons, accessEntries, podIdentityAssociations } = record;
  return [
    [cluster.arn, cluster, cluster.name],
    ...nodegroups.values().map(({ nodegroup: group }) => [group.nodegroupArn, group, group.nodegroupName] as const),
    ...fargateProfiles
      .values()
      .map((profile) => [profile.fargateProfileArn, profile, profile.fargateProfileName] as const),
    ...addons.values().map((addon) => [addon.addonArn, addon, addon.addonName] as const),
    ...accessEntries.values().map(({ entry }) => [entry.accessEntryArn, entry, entry.principalArn] as const),
    ...podIdentityAssociations.values().map((one) => [one.associationArn, one, one.associationId] as const),
    ...record.identityProviderConfigs
      .values()
      .map((config) => [config.identityProviderConfigArn, config, config.identityProviderConfigName] as const),
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
