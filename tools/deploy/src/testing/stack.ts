import type { DeployableStack } from "../stacks";

/** A stack of which a test says what matters to it: it reads, makes and follows nothing else. */
export function deployableStack(given: Partial<DeployableStack> & Pick<DeployableStack, "id">): DeployableStack {
  return {
    directory: "",
    state: { kind: "local", path: "" },
    reads: [],
    after: [],
    team: undefined,
    providers: [],
    boundaries: [],
    protected: [],
    logGroups: [],
    hasIngresses: false,
    resources: 1,
    ...given,
  };
}
