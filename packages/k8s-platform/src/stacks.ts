import type { Build } from "@demarc/shared/workspace";
import { AddonsStack } from "./addons/stack";
import files from "./settings";
import { settingsOf } from "./settings/resolve";

/** Every stack that k8s-platform has in an environment. */
export const build: Build = (app, environment) => {
  const settings = settingsOf(files, environment);
  for (const cluster of Object.keys(environment.clusters)) {
    const common = { environment, cluster, mirror: settings.mirror };
    new AddonsStack(app, { ...common, settings: settings.addons });
  }
};
