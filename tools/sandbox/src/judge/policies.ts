import type { NamedPolicy } from "@demarc/judge";
import { z } from "zod";
import type { PolicyText } from "./call";

const policyDocument = z.record(z.string(), z.unknown());

/** A policy as the judge takes it. @throws Error where its text is no JSON object */
export function namedPolicy({ name, document }: PolicyText): NamedPolicy {
  return { name, policy: policyDocument.parse(JSON.parse(document)) };
}
