import { spawn } from "node:child_process";
import { once } from "node:events";

export interface TerraformOptions {
  /** Folder of the stack, where Terraform runs. */
  readonly directory: string;
  readonly variables: NodeJS.ProcessEnv;
  /**
   * Whether it is in a session of its own: Ctrl-C then reaches this process alone, which tells it by `stopTerraforms`, once. What
   * changes a state is. @default false
   */
  readonly apart?: boolean;
}

/** How a Terraform ended. */
export interface TerraformResult {
  /** Its exit code; 1 where a signal ended it. */
  readonly code: number;
  /** What it wrote to its standard output. */
  readonly output: string;
  /** All that it wrote, in the order in which it came. */
  readonly text: string;
}

/** Nobody is asked, and nothing is coloured. */
export const QUIETLY = ["-input=false", "-no-color"];

/** Those apart that run now. They are told of a stop once: at a second signal Terraform stops without saving its state. */
const running = new Set<() => void>();

/**
 * How much garbage Go's collector lets grow, in percent of what is in use, in Terraform and the providers that it starts. Reading the AWS
 * provider's schema is most of a small plan: with 300 in place of Go's 100 it takes a fifth less of a processor, and 40 MB more.
 */
const GARBAGE = "300";

/** Runs Terraform in a stack's folder. */
export async function terraform(
  args: readonly string[],
  { directory, variables, apart = false }: TerraformOptions,
): Promise<TerraformResult> {
  const child = spawn("terraform", args, {
    cwd: directory,
    env: { GOGC: GARBAGE, ...variables, CHECKPOINT_DISABLE: "1", TF_IN_AUTOMATION: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: apart,
  });
  const stop = () => child.kill("SIGINT");
  if (apart) running.add(stop);
  let [output, text] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (part: string) => {
    output += part;
    text += part;
  });
  child.stderr.setEncoding("utf8").on("data", (part: string) => (text += part));
  try {
    await once(child, "close");
  } finally {
    running.delete(stop);
  }
  return { code: child.exitCode ?? 1, output, text };
}

/** Tells every Terraform apart to finish what it is at, and to save its state. */
export function stopTerraforms(): void {
  for (const stop of running) stop();
  running.clear();
}

/** Version of the Terraform that would run. */
export async function terraformVersion(options: TerraformOptions): Promise<string> {
  const { output } = await terraform(["version", "-json"], options);
  const [, version] = /"terraform_version":\s*"([^"]+)"/.exec(output) ?? [];
  if (version === undefined) throw new Error("Terraform does not tell its version");
  return version;
}

/** Only what went wrong, without the frame that Terraform draws. */
export function errorsIn(text: string): string {
  const lines = text.split("\n").map((line) => line.replace(/^[│╷╵]\s?/, ""));
  const first = lines.findIndex((line) => line.startsWith("Error: "));
  return lines.slice(Math.max(first, 0)).join("\n").trim();
}
