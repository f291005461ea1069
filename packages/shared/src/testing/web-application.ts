import type { RegisteredApp } from "../apps";
import type { Environment } from "../environment";
import { ApplicationStack, WebApplication, type WebApplicationProps } from "../workload";
import { appWorkspace } from "../workspace";
import { withApps } from "./apps";
import { type SynthesizedStack, synthesized } from "./synthesized";
import { dev } from "./environments";

type Props = WebApplicationProps<"storefront">;

/** An app that asks for no more than it must. */
export const plain: Props = {
  image: `registry.example.com/shop/storefront:1.4@sha256:${"0".repeat(64)}`,
  port: 8080,
  hostname: "storefront",
  replicas: { min: 2, max: 4 },
  resources: { requests: { cpu: "100m", memory: "256Mi" }, limits: { cpu: "500m", memory: "512Mi" } },
  probes: { readiness: "/readyz", liveness: "/healthz" },
};

/** The plain app, as the registry has it. */
export const registeredStorefront: RegisteredApp = {
  name: "storefront",
  team: "shop",
  hostnames: ["storefront"],
  databaseUser: "storefront",
};

/** Who asks, and where. */
export interface Asker {
  readonly environment?: Environment;
  /** What the app says of itself, and the registry too. @default that of the plain app */
  readonly registered?: Partial<RegisteredApp>;
  readonly name?: string;
}

/** The plain app with changes, `storefront` of team shop in dev unless said otherwise, as Terraform would read its stack. */
export function storefront(
  changes: Partial<Props> = {},
  { environment, registered, name }: Asker = {},
): SynthesizedStack {
  const entry = { ...registeredStorefront, ...registered };
  const { name: workspaceName, ...statement } = entry;
  const build = withApps([entry], (app, found) => {
    const workspace = appWorkspace(workspaceName, statement);
    const stack = new ApplicationStack(app, { workspace, environment: found, cluster: "a" });
    new WebApplication(stack, name ?? workspaceName, { ...plain, ...changes });
  });
  const stacks = synthesized(build, environment ?? dev);
  const stack = stacks[`dev-a-${workspaceName}`];
  if (stack === undefined) throw new Error(`there is no stack of ${workspaceName} among ${Object.keys(stacks).join()}`);
  return stack;
}
