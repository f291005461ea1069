import { ApiServer } from "../kubernetes/api-server";
import { Refusal } from "../refusal";
import type { DeployableStack } from "../stacks";
import type { States } from "../states";
import { type DeclaredRelease, declaredReleases } from "./declared";
import { tokenFor } from "./token";

/** Who deploys, and what their Terraform is given. */
export interface Deployer {
  readonly variables: NodeJS.ProcessEnv;
  readonly states: States;
}

/**
 * Does something, as the deployer, in the cluster that a stack's Helm releases are in.
 *
 * A stack in a local state is left alone: nobody can be asked who deploys it now.
 * @returns undefined where the stack has no releases, or there is no cluster yet
 * @throws Refusal as `act` does; what else goes wrong, as what `orElse` makes of it: Terraform meets the same, and says what it needs
 */
export async function inItsCluster<Result>(
  stack: DeployableStack,
  deployer: Deployer,
  act: (releases: readonly DeclaredRelease[], server: ApiServer) => Promise<Result>,
  orElse: (fault: string) => Result,
): Promise<Result | undefined> {
  if (stack.state.kind === "local") return undefined;
  const declared = await declaredReleases(stack, deployer.states);
  if (declared === undefined) return undefined;
  const { host: endpoint, certificateAuthority, ...exec } = declared.connection;
  try {
    const server = new ApiServer({ endpoint, certificateAuthority, token: await tokenFor(exec, deployer.variables) });
    try {
      return await act(declared.releases, server);
    } finally {
      server.close();
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    return orElse(said(error));
  }
}

/** What a fault says, in one line. */
export function said(error: unknown): string {
  const message = typeof error === "object" && error !== null && "message" in error ? error.message : error;
  return String(message).trim().replaceAll(/\s+/g, " ");
}
