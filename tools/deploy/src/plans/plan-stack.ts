import { writeFileSync } from "node:fs";
import path from "node:path";
import { initialized } from "./init";
import { errorsIn, QUIETLY, terraform, type TerraformOptions } from "./terraform";

/** What a deploy would do to one stack. */
export type Planned =
  | { readonly kind: "unchanged" }
  /** `summary`: such as "1 to add, 0 to change, 0 to destroy"; `text`: all of the plan, with values that are not sensitive. */
  | { readonly kind: "changes"; readonly summary: string; readonly text: string }
  | { readonly kind: "failed"; readonly text: string };

/** What a plan is made of: a deploy or a destroy. */
export type PlannedAction = "deploy" | "destroy";

export interface PlanOptions extends TerraformOptions {
  /** Folder in which what an init makes is kept from one plan to the next. @default it is kept nowhere */
  readonly kept?: string;
  /** @default "deploy" */
  readonly action?: PlannedAction;
  /** Name of the file that Terraform saves the plan in. @default it saves none */
  readonly out?: string;
  /** File for all that Terraform prints. @default it is kept nowhere */
  readonly log?: string;
}

/** Plans a stack by Terraform itself, which tells by its exit code what cdktf does not: whether anything would change. */
export async function planStack({ action = "deploy", out, log, kept, ...options }: PlanOptions): Promise<Planned> {
  // Without a lock: a killed plan would leave it, and a plan changes nothing.
  const toPlan = ["plan", ...QUIETLY, "-lock=false", "-detailed-exitcode"];
  if (action === "destroy") toPlan.push("-destroy");
  if (out !== undefined) toPlan.push(`-out=${out}`);
  const { code, text } = await initialized(options, kept, () => terraform(toPlan, options));
  if (log !== undefined) writeFileSync(log, text);
  if (code !== 0 && code !== 2) return { kind: "failed", text: errorsIn(text) };
  if (code === 0) return { kind: "unchanged" };
  const [, summary = "outputs change"] = /^Plan: (.*)\.$/m.exec(text) ?? [];
  // What follows the line is for whoever typed the command.
  return { kind: "changes", summary, text: text.replace(/^─{10}[^]*$/m, "").trim() };
}

/** A saved plan as JSON. It holds values, sensitive ones too. @throws Error with what Terraform says, where it reads none */
export async function planAsJson(file: string, options: TerraformOptions): Promise<string> {
  const { code, output, text } = await terraform(["show", "-json", "-no-color", path.basename(file)], options);
  if (code !== 0) throw new Error(errorsIn(text));
  return output;
}
