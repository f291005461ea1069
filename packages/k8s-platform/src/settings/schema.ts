import { z } from "zod";
import { addonsSettings } from "../addons/settings";
import { nodePoolsSettings } from "../auto-mode/node-pool-settings";
import { databaseUsersSettings } from "../database/settings";
import { mirrorSettings } from "../mirror";
import { tenancySettings } from "../tenancy/settings";

/** What k8s-platform alone decides for an environment. Each part stands beside what it is for. */
export const k8sPlatformSettingsSchema = z.strictObject({
  mirror: mirrorSettings.prefault({}),
  addons: addonsSettings.prefault({}),
  nodePools: nodePoolsSettings,
  tenancy: tenancySettings.prefault({}),
  databaseUsers: databaseUsersSettings.prefault({}),
});

/** Settings as an environment's file gives them. */
export type K8sPlatformSettingsInput = z.input<typeof k8sPlatformSettingsSchema>;

/** Settings that passed validation. */
export type K8sPlatformSettings = z.output<typeof k8sPlatformSettingsSchema>;
