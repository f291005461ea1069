/** The rules of the gate, by what each one guards. */
export const RULES = [
  "state",
  "rename",
  "dependents",
  "contract",
  "ownership",
  "exposure",
  "permissions",
  "unseen",
] as const;

export type Rule = (typeof RULES)[number];

/** What a rule finds in a plan. Its texts hold no value that Terraform calls sensitive. */
export interface Found {
  readonly rule: Rule;
  /** Address in Terraform, such as `aws_db_instance.database_1A2B3C4D`; of an output: `output.data_v1`. */
  readonly address: string;
  /** What would happen, and why that is refused. */
  readonly reason: string;
  /** What to change, so that nothing has to be allowed. @default nothing but the plan itself */
  readonly instead?: string;
}

/** `refused` stops the plan. `allowed` tells by what a refusal was lifted; `told` is about an allowance that does nothing. */
export type Verdict = "refused" | "allowed" | "told";

/** One line of the gate's answer. */
export interface Finding extends Found {
  /** Id of the stack, such as `dev-data`. */
  readonly stack: string;
  readonly verdict: Verdict;
  /** How to allow it. Empty where nothing has to be. */
  readonly allow: string;
}
