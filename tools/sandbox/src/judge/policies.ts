import type { NamedPolicy, Principal } from "@demarc/judge";
import { z } from "zod";
import type { Identity, PolicyText } from "./call";

const policyDocument = z.record(z.string(), z.unknown());

/** By their text: the judge checks a document once for each object. */
const documents = new Map<string, NamedPolicy["policy"]>();

/** A policy as the judge takes it. @throws Error where its text is no JSON object */
export function namedPolicy({ name, document }: PolicyText): NamedPolicy {
  const policy = documents.get(document) ?? policyDocument.parse(JSON.parse(document));
  documents.set(document, policy);
  return { name, policy };
}

/** What decides of whoever has these policies, as the judge takes it. */
export function policiesOf({
  policies,
  boundary,
  sessionPolicy = null,
}: Pick<Identity, "policies" | "boundary"> & Partial<Pick<Identity, "sessionPolicy">>) {
  return {
    identityPolicies: policies.map(namedPolicy),
    ...(boundary === null ? {} : { boundary: namedPolicy(boundary) }),
    ...(sessionPolicy === null ? {} : { sessionPolicy: namedPolicy(sessionPolicy) }),
  };
}

/** A session of a role as the judge takes it. */
export function sessionOf({ role, session, tags }: Identity): Extract<Principal, { kind: "session" }> {
  return { kind: "session", roleArn: role, sessionName: session, tags };
}
