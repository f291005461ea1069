import type { RegisteredApp } from "../apps";
import { register } from "../apps/registry";
import type { Build } from "../stack";

/** The same build, where these are the registered apps. */
export function withApps(apps: readonly RegisteredApp[], build: Build): Build {
  return (app, environment) => {
    register(app, apps);
    build(app, environment);
  };
}
