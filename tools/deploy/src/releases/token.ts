import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import type { DeclaredReleases } from "./declared";

/** https://kubernetes.io/docs/reference/access-authn-authz/authentication/#input-and-output-formats */
const credential = z.object({ status: z.object({ token: z.string() }) });

/** The token that Terraform's providers would get too: the deployer's own. */
export async function tokenFor(
  { command, args }: Pick<DeclaredReleases["connection"], "command" | "args">,
  variables: NodeJS.ProcessEnv,
): Promise<string> {
  const { stdout } = await promisify(execFile)(command, [...args], { env: variables });
  return credential.parse(JSON.parse(stdout)).status.token;
}
