import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { atOnce, type DeployableStack } from "@demarc/deploy";

/** What a deploy would do to one stack. */
export type Planned =
  | { readonly kind: "unchanged" }
  /** `summary`: such as "1 to add, 0 to change, 0 to destroy"; `text`: all of the plan. */
  | { readonly kind: "changes"; readonly summary: string; readonly text: string }
  | { readonly kind: "failed"; readonly text: string };

/** What a plan is made of: a deploy or a destroy. */
export type PlannedAction = "deploy" | "destroy";

/**
 * Plans stacks by Terraform itself, which tells by its exit code what cdktf does not: whether anything would change.
 * @param variablesOf environment that a stack is planned in
 * @param logs folder for all that Terraform prints, a file for each stack
 * @param planned called with each one as it is done
 */
export async function planStacks(
  stacks: readonly DeployableStack[],
  variablesOf: (stack: DeployableStack) => Promise<NodeJS.ProcessEnv>,
  logs: string,
  planned: (stack: DeployableStack, result: Planned, milliseconds: number) => void,
  action: PlannedAction = "deploy",
): Promise<Planned[]> {
  return atOnce(stacks, async (stack) => {
    const started = Date.now();
    const result = await plan(stack, action, await variablesOf(stack), path.join(logs, `plan-${stack.id}.log`));
    planned(stack, result, Date.now() - started);
    return result;
  });
}

async function plan(
  { directory }: DeployableStack,
  action: PlannedAction,
  variables: NodeJS.ProcessEnv,
  log: string,
): Promise<Planned> {
  const common = ["-input=false", "-no-color"];
  // Without a lock: a killed plan would leave it, and a plan changes nothing.
  const toPlan = [
    "plan",
    ...common,
    "-lock=false",
    "-detailed-exitcode",
    ...(action === "destroy" ? ["-destroy"] : []),
  ];
  const init = await terraform(["init", ...common], directory, variables);
  const { code, text } = init.code === 0 ? await terraform(toPlan, directory, variables) : init;
  writeFileSync(log, `${init.text}\n${text}`);
  if (init.code === 0 && code === 0) return { kind: "unchanged" };
  if (init.code !== 0 || code !== 2) return { kind: "failed", text: errorsIn(text) };
  const [, summary = "outputs change"] = /^Plan: (.*)\.$/m.exec(text) ?? [];
  // What follows the line is for whoever typed the command.
  return { kind: "changes", summary, text: text.replace(/^─{10}[^]*$/m, "").trim() };
}

async function terraform(args: string[], cwd: string, env: NodeJS.ProcessEnv): Promise<{ code: number; text: string }> {
  const child = spawn("terraform", args, { cwd, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (text += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
  await once(child, "close");
  return { code: child.exitCode ?? 1, text };
}

/** Only what went wrong, without the frame that Terraform draws. */
export function errorsIn(text: string): string {
  const lines = text.split("\n").map((line) => line.replace(/^[│╷╵]\s?/, ""));
  const first = lines.findIndex((line) => line.startsWith("Error: "));
  return lines.slice(Math.max(first, 0)).join("\n").trim();
}
