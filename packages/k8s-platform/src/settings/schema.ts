import { z } from "zod";
import { addonsSettings } from "../addons/settings";
import { mirrorSettings } from "../mirror";

/** What k8s-platform alone decides for an environment. Each part stands beside what it is for. */
export const k8sPlatformSettingsSchema = z.strictObject({
  mirror: mirrorSettings.prefault({}),
  addons: addonsSettings.prefault({}),
});

/** Settings as an environment's file gives them. */
export type K8sPlatformSettingsInput = z.input<typeof k8sPlatformSettingsSchema>;

/** Settings that passed validation. */
export type K8sPlatformSettings = z.output<typeof k8sPlatformSettingsSchema>;
