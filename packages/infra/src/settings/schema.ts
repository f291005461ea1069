import { type Environment, whenValid } from "@demarc/shared/environment";
import { z } from "zod";
import { addressPlanProblems } from "../cluster/address-plan";
import { apisSettings } from "../apis/settings";
import { apisSettingsProblems } from "../apis/stacks";
import { clustersSettings, serviceCidrClashes, zoneProblems } from "../cluster/settings";
import { dataProblems, dataSettings } from "../data/settings";
import { dnsSettings } from "../dns/settings";
import { edgeSettingsProblems } from "../edge/exposed";
import { edgeSettings } from "../edge/settings";
import { retainSettings } from "../keys/settings";
import { exposureProblems } from "../network/exposures";
import { networkSettings, zonesOf } from "../network/settings";
import { wafSettings } from "../web-acl/settings";
import { webAclProblems } from "../web-acl/stacks";

/** What infra alone decides for an environment. Each domain's part stands beside its stack. */
export const infraSettingsSchema = z
  .strictObject({
    retain: retainSettings.prefault({}),
    network: networkSettings,
    dns: dnsSettings,
    /** For load balancers that infra owns. @default the defaults of each, where an exposure of the environment has such */
    edge: edgeSettings.optional(),
    /** For REST APIs of apps alone. @default the defaults of each, where apps have such */
    apis: apisSettings.optional(),
    /** For an exposure with `waf: true` alone. @default the defaults of each, where the environment has that */
    webAcl: wafSettings.optional(),
    /** Where the environment has data: what the database and the queue are. */
    data: dataSettings.optional(),
    clusters: clustersSettings,
  })
  .superRefine(
    ({ network, clusters }, context) => {
      const issues = [
        ...serviceCidrClashes(clusters, network.cidr),
        ...zoneProblems(clusters, zonesOf(network)),
        ...addressPlanProblems(clusters, network),
      ];
      for (const issue of issues) context.addIssue(issue);
    },
    { when: whenValid({ network: networkSettings, clusters: clustersSettings }) },
  );

/** The same for one environment, with the rules between its settings and what it is. */
export const infraSettingsOf = (environment: Environment) =>
  infraSettingsSchema
    .superRefine(...rule({ network: networkSettings }, ({ network }) => exposureProblems(environment, network)))
    .superRefine(...rule({}, ({ data }) => dataProblems(environment, data)))
    .superRefine(...rule({ edge: edgeSettings.optional() }, ({ edge }) => edgeSettingsProblems(environment, edge)))
    .superRefine(...rule({ apis: apisSettings.optional() }, ({ apis }) => apisSettingsProblems(environment, apis)))
    .superRefine(...rule({ webAcl: wafSettings.optional() }, ({ webAcl }) => webAclProblems(environment, webAcl)));

/** A rule that is asked once some parts are valid by themselves. */
function rule(
  parts: Readonly<Record<string, z.ZodType>>,
  problems: (settings: InfraSettings) => readonly { code: "custom"; path: string[]; message: string }[],
) {
  const ask = (settings: InfraSettings, context: z.RefinementCtx) => {
    for (const problem of problems(settings)) context.addIssue(problem);
  };
  return [ask, { when: whenValid(parts) }] as const;
}

/** Settings as an environment's file gives them. */
export type InfraSettingsInput = z.input<typeof infraSettingsSchema>;

/** Settings that passed validation. */
export type InfraSettings = z.output<typeof infraSettingsSchema>;
