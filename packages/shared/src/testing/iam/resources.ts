import type { Context, NamedPolicy } from "@demarc/judge";
import { arn as arnOf, type Place } from "../../environment";
import { isRecord } from "../../json";
import type { SynthesizedStack } from "../synthesized";
import { type Deployed, resolved, tagsOfSample } from "./references";

/** What AWS knows of a resource when it is asked whether somebody may use it. */
export interface KnownResource {
  /** The policy that hangs from it. */
  readonly policy?: NamedPolicy;
  /** Its tags and, of a key, its aliases, as condition keys. */
  readonly context: Context;
}

/** Where the policies of a type of resource are: in it, or in a resource of their own that refers to it. */
const kinds = [
  { type: "aws_kms_key", policyIn: undefined },
  { type: "aws_sqs_queue", policyIn: { type: "aws_sqs_queue_policy", by: "queue_url" } },
  { type: "aws_s3_bucket", policyIn: { type: "aws_s3_bucket_policy", by: "bucket" } },
] as const;

/**
 * The queue, key or bucket of that ARN in the stacks, a bucket for its objects too. Of others
 * is known what AWS gives each key, and which samples bear tags.
 */
export function resourceAt(arn: string, stacks: readonly SynthesizedStack[], deployed: Deployed): KnownResource {
  for (const stack of stacks) {
    const there = { ...deployed, stack };
    for (const { type, policyIn } of kinds) {
      const label = stack
        .labels(type)
        .find((each) => `${arn}/`.startsWith(`${resolved(`\${${type}.${each}.arn}`, there)}/`));
      if (label === undefined) continue;
      const policy =
        policyIn === undefined ? stack.labelled(type, label) : hungFrom(stack, policyIn, `${type}.${label}`);
      return {
        ...(typeof policy?.["policy"] === "string"
          ? { policy: document(`${type}.${label}`, policy["policy"], there) }
          : {}),
        context: { ...tagsOf(stack, type, label), ...aliasesOf(stack, `${type}.${label}`) },
      };
    }
  }
  const context = tagContext(tagsOfSample(arn, deployed.place));
  return arn.split(":")[2] === "kms" ? { policy: governedByIam(deployed.place), context } : { context };
}

/**
 * The policy that AWS gives a key by default, and without which IAM policies say nothing about it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 */
function governedByIam(place: Place): NamedPolicy {
  const statement = {
    Effect: "Allow",
    Action: "kms:*",
    Resource: "*",
    Principal: { AWS: arnOf(place, "iam", "root") },
  };
  return { name: "AWS's default key policy", policy: { Version: "2012-10-17", Statement: [statement] } };
}

/** A policy document of a stack, as AWS would get it. */
export function document(name: string, text: string, deployed: Deployed): NamedPolicy {
  const policy: unknown = JSON.parse(resolved(text, deployed));
  if (!isRecord(policy)) throw new Error(`${name} is no policy`);
  return { name, policy };
}

function hungFrom(stack: SynthesizedStack, policyIn: { readonly type: string; readonly by: string }, address: string) {
  return stack.resources(policyIn.type).find((each) => String(each[policyIn.by]).startsWith(`\${${address}.`));
}

function tagsOf(stack: SynthesizedStack, type: string, label: string): Context {
  const own = stack.labelled(type, label)?.["tags"];
  return tagContext({ ...stack.defaultTags, ...(isRecord(own) ? own : {}) });
}

function tagContext(tags: Readonly<Record<string, unknown>>): Context {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:ResourceTag/${key}`, String(value)]));
}

function aliasesOf(stack: SynthesizedStack, address: string): Context {
  const aliases = stack
    .resources("aws_kms_alias")
    .filter(({ target_key_id: target }) => String(target).startsWith(`\${${address}.`))
    .map(({ name }) => String(name));
  return aliases.length === 0 ? {} : { "kms:ResourceAliases": aliases };
}
