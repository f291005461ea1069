import { spawnSync } from "node:child_process";
import { registry } from "@demarc/generate/src/apps";
import { write } from "@demarc/generate/src/artifact";
import { codeowners } from "@demarc/generate/src/codeowners";
import type { Environment } from "@demarc/shared/environment";

/**
 * Makes the repository's own records name the new app: what it claims, who owns it, and npm's of its workspaces.
 * @param root the repository @param environments those that there are, whose teams own apps
 * @returns what npm said, where it failed
 */
export function register(root: string, environments: readonly Environment[]): string | undefined {
  write(root, [registry(root), codeowners(root, environments)]);
  const { status, stderr, error } = npm(root, "install", "--ignore-scripts", "--prefer-offline");
  return status === 0 ? undefined : (error?.message ?? stderr);
}

/** Under `npm run` it is the npm that runs us, which need not be the one on PATH. */
function npm(root: string, ...args: readonly string[]) {
  const running = process.env.npm_execpath;
  const [command, ...first] = running === undefined ? ["npm"] : [process.execPath, running];
  return spawnSync(command, [...first, ...args], { cwd: root, encoding: "utf8" });
}
