import type { PodIdentityAssociation } from "@aws-sdk/client-eks";
import { randomBytes } from "node:crypto";
import { z } from "zod";
import { type Context, objectArn } from "./context";
import { requestBody, roleArn, tags } from "./http/body";
import { EksError, refuse } from "./http/errors";
import { type Call, get, post, remove } from "./http/route";
import type { ClusterRecord } from "./store";

const createRequest = requestBody({
  namespace: z.string().min(1),
  serviceAccount: z.string().min(1),
  roleArn,
  tags: tags.optional(),
  disableSessionTags: z.boolean().optional(),
});

const updateRequest = requestBody({ roleArn: roleArn.optional(), disableSessionTags: z.boolean().optional() });

type NewAssociation = Pick<PodIdentityAssociation, "tags" | "disableSessionTags" | "ownerArn"> & {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly roleArn: string;
};

/**
 * Binds a service account to a role.
 *
 * @throws EksError ResourceInUseException when it is bound already
 */
export function addAssociation(
  context: Context,
  { cluster, podIdentityAssociations }: ClusterRecord,
  asked: NewAssociation,
) {
  const { namespace, serviceAccount, tags: givenTags = {}, ...rest } = asked;
  const taken = podIdentityAssociations
    .values()
    .find((other) => other.namespace === namespace && other.serviceAccount === serviceAccount);
  if (taken) throw new EksError("ResourceInUseException", `Association already exists: ${taken.associationId}`);
  const associationId = `a-${randomBytes(9).toString("hex").slice(0, 17)}`;
  const association = {
    clusterName: cluster.name,
    namespace,
    serviceAccount,
    ...rest,
    associationId,
    associationArn: objectArn(context, "podidentityassociation", cluster.name, associationId),
    tags: givenTags,
    createdAt: new Date(),
    modifiedAt: new Date(),
  };
  podIdentityAssociations.add(associationId, association);
  return association;
}

async function createAssociation(context: Context, { parameter, body }: Call<"name", z.infer<typeof createRequest>>) {
  const record = context.store.activeCluster(parameter("name"));
  await checkRole(context, body.roleArn);
  const { clientRequestToken: _, ...asked } = body;
  return { association: addAssociation(context, record, asked) };
}

/** @throws EksError InvalidParameterException when pods could not get the role */
async function checkRole({ account }: Context, arn: string): Promise<void> {
  const problem = await account.identities.problemWithRole(arn);
  if (problem !== undefined) refuse([problem]);
}

function describeAssociation({ store }: Context, { parameter }: Call<"name" | "associationId">) {
  return { association: store.clusters.get(parameter("name")).podIdentityAssociations.get(parameter("associationId")) };
}

/** Filters: `namespace`, `serviceAccount`. */
function listAssociations({ store }: Context, { parameter, query }: Call<"name">) {
  const associations = store.clusters
    .get(parameter("name"))
    .podIdentityAssociations.values()
    .filter(({ namespace }) => !query.has("namespace") || namespace === query.get("namespace"))
    .filter(({ serviceAccount }) => !query.has("serviceAccount") || serviceAccount === query.get("serviceAccount"));
  return { associations };
}

async function updateAssociation(
  context: Context,
  { parameter, body }: Call<"name" | "associationId", z.infer<typeof updateRequest>>,
) {
  const association = context.store
    .activeCluster(parameter("name"))
    .podIdentityAssociations.get(parameter("associationId"));
  if (body.roleArn !== undefined) {
    await checkRole(context, body.roleArn);
    association.roleArn = body.roleArn;
  }
  association.disableSessionTags = body.disableSessionTags ?? association.disableSessionTags;
  association.modifiedAt = new Date();
  return { association };
}

function deleteAssociation({ store }: Context, { parameter }: Call<"name" | "associationId">) {
  const { podIdentityAssociations } = store.activeCluster(parameter("name"));
  const association = podIdentityAssociations.get(parameter("associationId"));
  podIdentityAssociations.delete(association.associationId);
  return { association };
}

const PATH = "/clusters/{name}/pod-identity-associations";
const ASSOCIATION = `${PATH}/{associationId}` as const;

export const podIdentityRoutes = [
  post("CreatePodIdentityAssociation", PATH, createRequest, createAssociation),
  get("ListPodIdentityAssociations", PATH, listAssociations),
  get("DescribePodIdentityAssociation", ASSOCIATION, describeAssociation),
  post("UpdatePodIdentityAssociation", ASSOCIATION, updateRequest, updateAssociation),
  remove("DeletePodIdentityAssociation", ASSOCIATION, deleteAssociation),
];
