import { ResolveConflicts } from "@aws-sdk/client-eks";
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { type Context, objectArn } from "../context";
import { requestBody, resourceName, roleArn, tags } from "../http/body";
import { refuse } from "../http/errors";
import { type Call, get, post, remove } from "../http/route";
import { recordUpdate } from "../updates";
import { setIdentities } from "./associations";
import { addonVersionRoutes, checkAddon, defaultAddonVersion } from "./catalog";

/** JSON, or YAML, which is not looked into. */
const configurationValues = z.string().refine((text) => !text.trimStart().startsWith("{") || isJson(text), {
  message: "begins like JSON and is not valid JSON",
});

const settings = {
  addonVersion: z.string().optional(),
  configurationValues: configurationValues.optional(),
  resolveConflicts: z.enum(ResolveConflicts).optional(),
  serviceAccountRoleArn: roleArn.optional(),
  podIdentityAssociations: z.array(z.strictObject({ serviceAccount: z.string().min(1), roleArn })).optional(),
};

const createRequest = requestBody({ addonName: resourceName(100), ...settings, tags: tags.optional() });
const updateRequest = requestBody(settings);

type CreateBody = z.infer<typeof createRequest>;
type UpdateBody = z.infer<typeof updateRequest>;

async function createAddon(context: Context, { parameter, body }: Call<"name", CreateBody>) {
  const record = context.store.activeCluster(parameter("name"));
  const { cluster, addons } = record;
  const { addonName, addonVersion, configurationValues, serviceAccountRoleArn, podIdentityAssociations } = body;
  checkAddon(addonName, cluster.version, addonVersion);
  await checkRoles(context, body);
  const addonArn = `${objectArn(context, "addon", cluster.name, addonName)}/${randomUUID()}`;
  const addon = {
    addonName,
    addonArn,
    clusterName: cluster.name,
    status: "ACTIVE" as const,
    addonVersion: addonVersion ?? defaultAddonVersion(addonName, cluster.version),
    health: { issues: [] },
    createdAt: new Date(),
    modifiedAt: new Date(),
    configurationValues,
    serviceAccountRoleArn,
    podIdentityAssociations: [] as string[],
    tags: body.tags ?? {},
  };
  addons.add(addonName, addon);
  try {
    addon.podIdentityAssociations = setIdentities(context, record, addonArn, podIdentityAssociations ?? []);
  } catch (fault) {
    addons.delete(addonName);
    throw fault;
  }
  return { addon };
}

async function updateAddon(context: Context, { parameter, body }: Call<"name" | "addonName", UpdateBody>) {
  const record = context.store.activeCluster(parameter("name"));
  const addon = record.addons.get(parameter("addonName"));
  const { addonVersion, configurationValues, serviceAccountRoleArn, podIdentityAssociations, resolveConflicts } = body;
  checkAddon(addon.addonName, record.cluster.version, addonVersion);
  await checkRoles(context, body);
  // An empty list takes all identities away; no list leaves them.
  if (podIdentityAssociations) {
    addon.podIdentityAssociations = setIdentities(context, record, addon.addonArn, podIdentityAssociations);
  }
  addon.addonVersion = addonVersion ?? addon.addonVersion;
  addon.configurationValues = configurationValues ?? addon.configurationValues;
  addon.serviceAccountRoleArn = serviceAccountRoleArn ?? addon.serviceAccountRoleArn;
  addon.modifiedAt = new Date();
  const params = [
    ["AddonVersion", addonVersion],
    ["ConfigurationValues", configurationValues],
    ["ServiceAccountRoleArn", serviceAccountRoleArn],
    ["PodIdentityAssociations", podIdentityAssociations],
    ["ResolveConflicts", resolveConflicts],
  ] as const;
  return recordUpdate(record, "AddonUpdate", params, { addonName: addon.addonName });
}

async function checkRoles({ account }: Context, { serviceAccountRoleArn, podIdentityAssociations = [] }: UpdateBody) {
  const roles = [serviceAccountRoleArn, ...podIdentityAssociations.map((identity) => identity.roleArn)];
  const known = roles.filter((role) => role !== undefined);
  const problems = await Promise.all(known.map((role) => account.identities.problemWithRole(role)));
  refuse(problems.filter((problem) => problem !== undefined));
}

function describeAddon({ store }: Context, { parameter }: Call<"name" | "addonName">) {
  return { addon: store.clusters.get(parameter("name")).addons.get(parameter("addonName")) };
}

function listAddons({ store }: Context, { parameter }: Call<"name">) {
  return { addons: store.clusters.get(parameter("name")).addons.names() };
}

/** `preserve` keeps the add-on's objects in the cluster. */
function deleteAddon(context: Context, { parameter, query }: Call<"name" | "addonName">) {
  const record = context.store.activeCluster(parameter("name"));
  const addon = record.addons.get(parameter("addonName"));
  setIdentities(context, record, addon.addonArn, []);
  if (query.get("preserve") === "true") record.preservedAddons.add(addon.addonName);
  record.addons.delete(addon.addonName);
  return { addon: { ...addon, status: "DELETING" } };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const PATH = "/clusters/{name}/addons";
const ADDON = `${PATH}/{addonName}` as const;

export const addonRoutes = [
  ...addonVersionRoutes,
  post("CreateAddon", PATH, createRequest, createAddon),
  get("ListAddons", PATH, listAddons),
  get("DescribeAddon", ADDON, describeAddon),
  post("UpdateAddon", `${ADDON}/update`, updateRequest, updateAddon),
  remove("DeleteAddon", ADDON, deleteAddon),
];
