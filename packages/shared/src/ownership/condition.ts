import type { Environment } from "../environment";

/** A rule that looks inside a resource. */
export interface Condition {
  /** The rule in words, for whoever breaks it. */
  readonly rule: string;
  /**
   * What breaks it; empty where it holds.
   * @param attributes the resource's arguments as Terraform gets them
   */
  faults(attributes: Readonly<Record<string, unknown>>, stack: JudgedStack): readonly string[];
}

/** What the ownership rules know of the stack that they judge. */
export interface JudgedStack {
  /** IAM path of every role of the stack's workspace. */
  readonly rolePath: string;
  /** ARN of the permissions boundary of every role of the stack's workspace. */
  readonly permissionsBoundary: string;
  readonly environment: Environment;
  /** Team that owns the stack. */
  readonly owner: string;
}
