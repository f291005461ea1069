import type { UpdateParamType, UpdateType } from "@aws-sdk/client-eks";
import { randomUUID } from "node:crypto";
import type { Context } from "./context";
import { EksError } from "./http/errors";
import { type Call, get } from "./http/route";
import type { ClusterRecord, StoredUpdate } from "./store";

/** What an update is about besides the cluster itself. */
export type UpdateSubject = Pick<StoredUpdate, "nodegroupName" | "addonName">;

/**
 * Records an update that has been made: it is Successful from the first answer on, as everything that EKS would wait for is
 * done by then. What failed is refused instead, and recorded nowhere.
 *
 * @param params what was asked for, for whoever reads the update; those with an undefined value are left out
 */
export function recordUpdate(
  record: ClusterRecord,
  type: UpdateType,
  params: readonly (readonly [UpdateParamType, unknown])[],
  subject: UpdateSubject = {},
) {
  const update: StoredUpdate["update"] = {
    id: randomUUID(),
    status: "Successful",
    type,
    params: params
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => ({ type: name, value: typeof value === "string" ? value : JSON.stringify(value) })),
    createdAt: new Date(),
    errors: [],
  };
  record.updates.add(update.id, { update, ...subject });
  return { update };
}

function describeUpdate({ store }: Context, { parameter, query }: Call<"name" | "updateId">) {
  const stored = store.clusters.get(parameter("name")).updates.get(parameter("updateId"));
  const asked = { nodegroupName: query.get("nodegroupName"), addonName: query.get("addonName") };
  if ((stored.nodegroupName ?? null) !== asked.nodegroupName || (stored.addonName ?? null) !== asked.addonName) {
    throw new EksError(
      "ResourceNotFoundException",
      `No update found for ID: ${parameter("updateId")} of that subject.`,
    );
  }
  return { update: stored.update };
}

export const updateRoutes = [get("DescribeUpdate", "/clusters/{name}/updates/{updateId}", describeUpdate)];
