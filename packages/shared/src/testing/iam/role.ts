import type { NamedPolicy, RoleSession } from "@demarc/judge";
import type { RegisteredApp } from "../../apps";
import { arn, type Place } from "../../environment";
import { boundaryName, boundaryStatements, everyBounded, policyDocument } from "../../iam";
import { isRecord } from "../../json";
import type { SynthesizedStack } from "../synthesized";
import { managedPolicy } from "./managed-policies";
import { type Deployed, resolved } from "./references";
import { document, type KnownResource, resourceAt } from "./resources";

export interface RoleOptions {
  /** Stacks of other workspaces: their outputs, and the policies and tags of their queues, keys and buckets. @default none */
  readonly producers?: readonly SynthesizedStack[];
  /** Values for references of Terraform, by the end of the reference. @default made up, the same each time */
  readonly samples?: Readonly<Record<string, string>>;
  /** Policies in place of the role's own, to ask what its boundary alone holds back. @default the role's own */
  readonly policies?: readonly NamedPolicy[];
  /** The registered apps, from which the account stack makes the boundaries of apps. @default those that the stack was synthesized with */
  readonly apps?: readonly RegisteredApp[];
}

/** A role of a stack with all that decides what it may do. */
export interface JudgedRole {
  readonly principal: RoleSession;
  readonly place: Place;
  readonly identityPolicies: readonly NamedPolicy[];
  readonly boundary: NamedPolicy;
  /** Whom it trusts. Absent of a role that a test made up without. */
  readonly trustPolicy?: NamedPolicy;
  /** A text of a test, with the stack's references in it, as AWS would get it. */
  readonly resolved: (text: string) => string;
  readonly resourceAt: (arn: string) => KnownResource;
}

/**
 * The role of that name, as AWS would know it once the stack is deployed: inline and AWS's own policies, permissions boundary,
 * and tags, those that the provider sets included.
 *
 * @param name `dev-a-app-storefront` @throws Error where there is none, or where a policy or boundary of it is not known
 */
export function roleIn(stack: SynthesizedStack, name: string, options: RoleOptions = {}): JudgedRole {
  const { producers = [], samples = {} } = options;
  const label = stack.labels("aws_iam_role").find((each) => stack.labelled("aws_iam_role", each)?.["name"] === name);
  const role = label === undefined ? undefined : stack.labelled("aws_iam_role", label);
  if (label === undefined || role === undefined)
    throw new Error(`${stack.id} has no role ${name}; it has ${rolesOf(stack).join(", ") || "none"}`);
  const place = placeOf(stack);
  const deployed = { place, stack, producers, samples };
  return {
    principal: {
      kind: "session",
      roleArn: arn(place, "iam", `role${typeof role["path"] === "string" ? role["path"] : "/"}${name}`),
      tags: tagsOf(stack, role),
    },
    place,
    identityPolicies: options.policies ?? policiesOf(stack, `aws_iam_role.${label}`, deployed),
    boundary: boundaryAt(String(role["permissions_boundary"]), deployed, options.apps ?? stack.apps),
    ...(typeof role["assume_role_policy"] === "string"
      ? { trustPolicy: document("trust policy", role["assume_role_policy"], deployed) }
      : {}),
    resolved: (text) => resolved(text, deployed),
    resourceAt: (resource) => resourceAt(resource, [stack, ...producers], deployed),
  };
}

/** Names of the stack's roles. */
function rolesOf(stack: SynthesizedStack): string[] {
  return stack.resources("aws_iam_role").map(({ name }) => String(name));
}

function placeOf(stack: SynthesizedStack): Place {
  const [provider = {}] = stack.providers("aws");
  const [account] = Array.isArray(provider["allowed_account_ids"]) ? provider["allowed_account_ids"].map(String) : [];
  if (account === undefined) throw new Error(`${stack.id} names no account that it may be deployed to`);
  return { account, region: String(provider["region"]) };
}

function tagsOf(stack: SynthesizedStack, role: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const own = isRecord(role["tags"]) ? role["tags"] : {};
  return Object.fromEntries(Object.entries({ ...stack.defaultTags, ...own }).map(([key, tag]) => [key, String(tag)]));
}

function policiesOf(stack: SynthesizedStack, address: string, deployed: Deployed): NamedPolicy[] {
  const ofRole = ({ role }: Readonly<Record<string, unknown>>) => String(role).startsWith(`\${${address}.`);
  const inline = stack.resources("aws_iam_role_policy").filter(ofRole);
  const attached = stack.resources("aws_iam_role_policy_attachment").filter(ofRole);
  return [
    ...inline.map(({ name, policy }) => document(String(name), String(policy), deployed)),
    ...attached.map(
      ({ policy_arn }) => ownPolicy(stack, String(policy_arn), deployed) ?? managedPolicy(String(policy_arn)),
    ),
  ];
}

/** The policy that the same stack makes, where a reference is to one. */
function ownPolicy(stack: SynthesizedStack, reference: string, deployed: Deployed): NamedPolicy | undefined {
  const [, label = ""] = /^\$\{aws_iam_policy\.([\w-]+)\.arn\}$/.exec(reference) ?? [];
  const policy = stack.labelled("aws_iam_policy", label);
  return policy === undefined ? undefined : document(String(policy["name"]), String(policy["policy"]), deployed);
}

const boundaries = new Map<string, NamedPolicy>();

/** The boundary that the account stack makes under that ARN. The same object each time: the judge reads each policy once. */
function boundaryAt(policyArn: string, deployed: Deployed, apps: readonly RegisteredApp[]): NamedPolicy {
  const { place } = deployed;
  const bounded = everyBounded(apps).find(
    (each) => arn(place, "iam", `policy${boundaryName(place, each)}`) === policyArn,
  );
  if (bounded === undefined) throw new Error(`${policyArn} is no permissions boundary of the account stack`);
  const key = JSON.stringify([policyArn, apps]);
  const known = boundaries.get(key);
  if (known !== undefined) return known;
  const text = policyDocument(boundaryStatements(place, bounded, apps));
  const boundary = document(boundaryName(place, bounded), text, deployed);
  boundaries.set(key, boundary);
  return boundary;
}
