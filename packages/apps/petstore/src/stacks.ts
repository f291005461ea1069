import { type Build, settingsFor } from "@demarc/shared/stack";
import { petstore, PetstoreStack } from "./app";
import files from "./settings";
import { settings } from "./settings/schema";

/** One stack for each cluster of the environment. */
export const build: Build = (app, environment) => {
  const chosen = settingsFor(petstore.name, settings, files, environment);
  for (const cluster of Object.keys(environment.clusters)) new PetstoreStack(app, environment, cluster, chosen);
};
