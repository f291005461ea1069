import { whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { addressPlanProblems } from "../cluster/address-plan";
import { clustersSettings, serviceCidrClashes, zoneProblems } from "../cluster/settings";
import { dataSettings } from "../data/settings";
import { dnsSettings } from "../dns/settings";
import { retainSettings } from "../keys/settings";
import { networkSettings } from "../network/settings";

/** What infra alone decides for an environment. Each domain's part stands beside its stack. */
export const infraSettingsSchema = z
  .strictObject({
    retain: retainSettings.prefault({}),
    network: networkSettings,
    dns: dnsSettings,
    data: dataSettings,
    clusters: clustersSettings,
  })
  .superRefine(
    ({ network, clusters }, context) => {
      const issues = [
        ...serviceCidrClashes(clusters, network.cidr),
        ...zoneProblems(clusters, network.zones),
        ...addressPlanProblems(clusters, network),
      ];
      for (const issue of issues) context.addIssue(issue);
    },
    { when: whenValid({ network: networkSettings, clusters: clustersSettings }) },
  );

/** Settings as an environment's file gives them. */
export type InfraSettingsInput = z.input<typeof infraSettingsSchema>;

/** Settings that passed validation. */
export type InfraSettings = z.output<typeof infraSettingsSchema>;
