import { type Build, infra, settingsFor } from "@demarc/shared/workspace";
import { DnsStack } from "./dns/stack";
import { NetworkStack } from "./network/stack";
import files from "./settings";
import { infraSettingsSchema } from "./settings/schema";

/** Every stack that infra has in an environment. */
export const build: Build = (app, environment) => {
  const settings = settingsFor(infra.name, infraSettingsSchema, files, environment);
  new NetworkStack(app, environment, settings.network);
  new DnsStack(app, environment, settings.dns);
};
