import path from "node:path";
import type { RegisteredApp } from "@demarc/shared/apps";
import { ACCOUNT_PREFIX, type Environment } from "@demarc/shared/environment";
import { InvalidInput } from "@demarc/shared/environment/problems";
import type { WorkspaceKind } from "@demarc/shared/workspace";
import { type Allowance, readAllowances } from "./allowances";
import type { GateContext } from "./context";
import type { Plan } from "./plan/plan";

/** What this repository says of stacks. */
export interface Repository {
  readonly root: string;
  readonly environments: readonly Environment[];
  readonly apps: readonly Pick<RegisteredApp, "name">[];
}

const FILE = "allowances.json";

/**
 * What the gate has to know of a plan's stack, what others use of it apart: whose it is, as the tags tell that its provider sets, and
 * what is allowed.
 * @throws InvalidInput where it is no stack of this repository, or an allowance is not valid
 */
export function contextOf(
  subject: string,
  plan: Plan,
  stack: string,
  { root, environments, apps }: Repository,
): Omit<GateContext, "uses" | "today"> {
  const { workspace: name = "", environment: tagged = "" } = plan.tags;
  const kind = kindOf(name, apps);
  const environment = environments.find((each) => each.name === tagged);
  const problems = [
    ...(kind === undefined
      ? [problem("workspace", name, "is no workspace: the default tags of the plan's provider must name one")]
      : []),
    ...(environment === undefined && tagged !== ACCOUNT_PREFIX
      ? [problem("environment", tagged, "is no environment: the default tags of the plan's provider must name one")]
      : []),
    ...(stack.startsWith(`${tagged}-`)
      ? []
      : [problem("stack", stack, `is no stack of ${tagged}: call the file <stack>.json, or say --stack <id>`)]),
  ];
  if (kind === undefined || problems.length > 0) throw new InvalidInput([{ subject, problems }]);
  const workspace = { name, kind };
  return { stack, workspace, exposures: environment?.exposures ?? [], allowances: allowancesOf(workspace, root) };
}

/** What is allowed to a workspace: by its own file, and by the shared one. @throws InvalidInput with all that is wrong in one of them */
export function allowancesOf({ name, kind }: GateContext["workspace"], root: string): Allowance[] {
  const own = path.join(folderOf(name, kind), FILE);
  const shared = path.join("packages/shared", FILE);
  return [
    ...readAllowances(own, path.join(root, own), "workspace"),
    ...readAllowances(shared, path.join(root, shared), "shared"),
  ];
}

function kindOf(name: string, apps: Repository["apps"]): WorkspaceKind | undefined {
  if (name === "infra" || name === "k8s-platform") return name;
  return apps.some((app) => app.name === name) ? "apps" : undefined;
}

function folderOf(name: string, kind: WorkspaceKind): string {
  return kind === "apps" ? path.join("packages/apps", name) : path.join("packages", name);
}

function problem(place: string, value: string, rule: string) {
  return { path: place, message: `${JSON.stringify(value)} ${rule}` };
}
