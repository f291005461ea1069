import type { Build } from "@demarc/shared/stack";
import { AddOnsStack } from "./addons/stack";
import files from "./settings";
import { settingsOf } from "./settings/resolve";
import { TenancyStack } from "./tenancy/stack";

/** Every stack that k8s-platform has in an environment. */
export const build: Build = (app, environment) => {
  const { addons, databaseUsers, mirror, tenancy } = settingsOf(files, environment);
  for (const cluster of Object.keys(environment.clusters)) {
    new AddOnsStack(app, { environment, cluster, settings: addons, mirror });
    new TenancyStack(app, { environment, cluster, settings: tenancy, databaseUsers, mirror });
  }
};
