import type { App } from "cdktf";
import type { IConstruct } from "constructs";
import { InvalidInput, parse } from "../environment";
import registered from "./registered";
import { clashes, type RegisteredApp, registeredApps, statementFile } from "./statement";

/** Where the registry is kept, relative to the repository. `npm run generate` writes it. */
export const REGISTRY = "packages/shared/src/apps/registered.ts";

const registries = new WeakMap<IConstruct, readonly RegisteredApp[]>();

/** Has all that is in a CDKTF app take these for the registered apps: for tests, by `withApps`. */
export function register(app: App, apps: readonly RegisteredApp[]): void {
  registries.set(app, apps);
}

/**
 * The apps that are registered, for what stands in a CDKTF app.
 * @throws InvalidInput where a name is claimed twice
 */
export function appsOf(construct: IConstruct): readonly RegisteredApp[] {
  return valid(registries.get(construct.node.root) ?? registered);
}

/** The apps that are registered in this repository. @throws InvalidInput where a name is claimed twice */
export function allApps(): readonly RegisteredApp[] {
  return valid(registered);
}

function valid(input: unknown): readonly RegisteredApp[] {
  const subject = `the registry of apps (${REGISTRY})`;
  const apps = parse(subject, registeredApps, input);
  const problems = clashes(apps.map((app) => ({ app, place: statementFile(app.name) })));
  if (problems.length > 0) throw new InvalidInput([{ subject, problems }]);
  return apps;
}
