import type { Build } from "@demarc/shared/stack";
import { AddOnsStack } from "./addons/stack";
import files from "./settings";
import { settingsOf } from "./settings/resolve";
import type { K8sPlatformSettingsInput } from "./settings/schema";
import { TenancyStack } from "./tenancy/stack";

/** Every stack that k8s-platform has in an environment. @param files settings, by the environments' names */
export const buildFrom =
  (files: Readonly<Record<string, K8sPlatformSettingsInput>>): Build =>
  (app, environment) => {
    const { addons, databaseUsers, mirror, nodePools, tenancy } = settingsOf(files, environment);
    for (const cluster of Object.keys(environment.clusters)) {
      new AddOnsStack(app, { environment, cluster, settings: addons, nodePools, mirror });
      new TenancyStack(app, { environment, cluster, settings: tenancy, databaseUsers, mirror });
    }
  };

/** The same, by the settings of this repository. */
export const build = buildFrom(files);
