import type { Environment } from "../environment";
import type { Workspace } from "../workspace";

/** Arguments of one block, as Terraform gets them: names in snake case, tokens as references. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Resources of a stack: by type, then by name. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Arguments>>>>;

/** A rule that looks inside a resource. */
export interface Condition {
  /** The rule in words, for whoever breaks it. */
  readonly rule: string;
  /**
   * Arguments whose changes the resource may ignore (`lifecycle`), such as `spec`: the rule does not look at them. What it looks at
   * has to reach what is there, as when an app moves to another team. @default none
   */
  readonly ignorable?: readonly string[];
  /**
   * What breaks it; empty where it holds.
   * @param resources all that the stack creates
   */
  faults(resource: Arguments, own: JudgedStack, resources: Resources): readonly string[];
}

/** What the ownership rules know of the stack that they judge. */
export interface JudgedStack {
  readonly workspace: Workspace;
  /** Name of the stack in its workspace, such as `network`. */
  readonly stackName: string;
  readonly environment: Environment;
  /** Short id of the cluster that the stack belongs to. Undefined: it is one for the whole environment. */
  readonly cluster: string | undefined;
  /** IAM path of every role of the stack's workspace. */
  readonly rolePath: string;
  /** ARN of the permissions boundary of every role of the stack's workspace. */
  readonly permissionsBoundary: string;
  /** Team that owns the stack. */
  readonly owner: string;
  /** Tags of every resource. */
  readonly defaultTags: Readonly<Record<string, string>>;
}

/** Faults of arguments that are not on a list: what is not listed may widen what a resource is. */
export function unlisted(block: Arguments, listed: readonly string[]): string[] {
  return Object.keys(block)
    .filter((name) => name !== "//" && !listed.includes(name))
    .map((name) => `it may not have ${name}`);
}

/** A value in a message. */
export function shown(value: unknown): string {
  if (value === undefined) return "none";
  return typeof value === "string" ? value : JSON.stringify(value);
}
