import { z } from "zod";
import type { AssociatedAccessPolicy } from "@aws-sdk/client-eks";
import type { Context } from "../context";
import { requestBody } from "../http/body";
import { EksError, invalid } from "../http/errors";
import { type Call, get, post, remove } from "../http/route";
import { clusterWithEntries } from "./entry-routes";
import { isAccessPolicy } from "./policies";

const accessScope = z
  .strictObject({ type: z.enum(["cluster", "namespace"]), namespaces: z.array(z.string().min(1)).default([]) })
  .refine(({ type, namespaces }) => (type === "namespace") === namespaces.length > 0, {
    message: "a scope of type namespace needs namespaces, and one of type cluster takes none",
  });

const associateRequest = requestBody({
  policyArn: z.string().refine(isAccessPolicy, {
    error: ({ input }) =>
      `The policyArn ${String(input)} is not one of an access policy of EKS; aws eks list-access-policies lists them`,
  }),
  accessScope,
});

/** Types of entry that take policies; other node types have all they need. */
const TYPES_WITH_POLICIES = ["STANDARD", "EC2"];

function associateAccessPolicy(
  context: Context,
  { parameter, body }: Call<"name" | "principalArn", z.infer<typeof associateRequest>>,
) {
  const { entry, policies } = entryOf(context, parameter("name"), parameter("principalArn"));
  if (!TYPES_WITH_POLICIES.includes(entry.type)) {
    throw invalid(
      `An access entry of type ${entry.type} takes no access policy; ${TYPES_WITH_POLICIES.join(" and ")} do.`,
    );
  }
  const now = new Date();
  const associatedAt = policies.find(body.policyArn)?.associatedAt ?? now;
  const associatedAccessPolicy: AssociatedAccessPolicy = { ...body, associatedAt, modifiedAt: now };
  policies.delete(body.policyArn);
  policies.add(body.policyArn, associatedAccessPolicy);
  return { clusterName: parameter("name"), principalArn: entry.principalArn, associatedAccessPolicy };
}

function listAssociatedAccessPolicies(context: Context, { parameter }: Call<"name" | "principalArn">) {
  const { entry, policies } = entryOf(context, parameter("name"), parameter("principalArn"));
  const associatedAccessPolicies = policies.values();
  return { clusterName: parameter("name"), principalArn: entry.principalArn, associatedAccessPolicies };
}

function disassociateAccessPolicy(context: Context, { parameter }: Call<"name" | "principalArn" | "policyArn">) {
  const { policies } = entryOf(context, parameter("name"), parameter("principalArn"));
  policies.get(parameter("policyArn"));
  policies.delete(parameter("policyArn"));
  return {};
}

function entryOf(context: Context, clusterName: string, principalArn: string) {
  const found = clusterWithEntries(context, clusterName).accessEntries.find(principalArn);
  // EKS's own text would have Terraform wait two minutes for the entry to appear.
  if (!found)
    throw new EksError("ResourceNotFoundException", `Cluster ${clusterName} has no access entry for ${principalArn}.`);
  return found;
}

const PATH = "/clusters/{name}/access-entries/{principalArn}/access-policies";

export const accessPolicyRoutes = [
  post("AssociateAccessPolicy", PATH, associateRequest, associateAccessPolicy),
  get("ListAssociatedAccessPolicies", PATH, listAssociatedAccessPolicies),
  remove("DisassociateAccessPolicy", `${PATH}/{policyArn}`, disassociateAccessPolicy),
];
