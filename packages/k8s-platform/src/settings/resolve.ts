import { type Environment, InvalidInput } from "@demarc/shared/environment";
import { exposureComputeProblems } from "@demarc/shared/exposure";
import { k8sPlatform } from "@demarc/shared/workspace";
import { settingsFor, settingsSubject } from "@demarc/shared/stack";
import type { AnyAddOn } from "../addons/addon";
import { addons } from "../addons/registry";
import { overrideProblems } from "../addons/settings";
import { nodePoolProblems } from "../auto-mode/node-pool-settings";
import { databaseUsersProblems } from "../database/settings";
import { tenancyProblems } from "../tenancy/settings";
import { type K8sPlatformSettings, type K8sPlatformSettingsInput, k8sPlatformSettingsSchema } from "./schema";

/**
 * The platform's settings for an environment: each value is right by itself, and all of them are in this environment.
 * @param files what each settings file exports, by its environment
 * @param addOns the add-ons that there are
 * @throws InvalidInput with every problem
 */
export function settingsOf(
  files: Readonly<Record<string, K8sPlatformSettingsInput>>,
  environment: Environment,
  addOns: readonly AnyAddOn[] = addons,
): K8sPlatformSettings {
  const settings = settingsFor(k8sPlatform.name, k8sPlatformSettingsSchema, files, environment);
  const problems = [
    ...overrideProblems(settings.addons, environment, addOns),
    ...exposureComputeProblems(environment),
    ...nodePoolProblems(settings.nodePools, environment),
    ...tenancyProblems(settings.tenancy, environment, addOns),
    ...databaseUsersProblems(settings.databaseUsers, environment),
  ];
  if (problems.length > 0) {
    throw new InvalidInput([{ subject: settingsSubject(k8sPlatform.name, environment), problems }]);
  }
  return settings;
}
