import { z } from "zod";
import { dnsSettings } from "../dns/settings";
import { networkSettings } from "../network/settings";

/** What infra alone decides for an environment. Each domain's part stands beside its stack. */
export const infraSettingsSchema = z.strictObject({
  network: networkSettings,
  dns: dnsSettings,
});

/** Settings as an environment's file gives them. */
export type InfraSettingsInput = z.input<typeof infraSettingsSchema>;

/** Settings that passed validation. */
export type InfraSettings = z.output<typeof infraSettingsSchema>;
