import { spawnSync } from "node:child_process";

/** What a program answers. @throws Error with what it complained of */
export function answerOf(command: readonly [string, ...string[]], cwd: string, input = ""): string {
  const [program, ...args] = command;
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    input,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(complaintOf(stderr) ?? `${command.join(" ")} failed`);
  return stdout;
}

/** Terraform says first what is wrong, Go's programs say it last. */
function complaintOf(stderr: string): string | undefined {
  const [, error] = /^Error: (.*)$/m.exec(stderr) ?? [];
  return (
    error ??
    stderr
      .trim()
      .split("\n")
      .filter((line) => !line.startsWith("exit status"))
      .at(-1)
  );
}
