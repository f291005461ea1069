import { type Build, settingsFor } from "@demarc/shared/stack";
import { storefront, StorefrontStack } from "./app";
import files from "./settings";
import { settings, type SettingsInput } from "./settings/schema";

/** One stack for each cluster of the environment. @param files settings, by the environments' names */
export const buildFrom =
  (files: Readonly<Record<string, SettingsInput>>): Build =>
  (app, environment) => {
    const chosen = settingsFor(storefront.name, settings, files, environment);
    for (const cluster of Object.keys(environment.clusters)) new StorefrontStack(app, environment, cluster, chosen);
  };

/** The same, by the settings of this repository. */
export const build = buildFrom(files);
