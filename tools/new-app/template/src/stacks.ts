import { type Build, settingsFor } from "@demarc/shared/stack";
import { AppStack, workspace } from "./app";
import files from "./settings";
import { settings } from "./settings/schema";

/** One stack for each cluster of the environment. */
export const build: Build = (app, environment) => {
  const chosen = settingsFor(workspace.name, settings, files, environment);
  for (const cluster of Object.keys(environment.clusters)) new AppStack(app, environment, cluster, chosen);
};
