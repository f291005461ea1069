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
    /** For the exposure `target-group-binding` alone. @default the defaults of each, where the environment has that exposure */
    edge: edgeSettings.optional(),
    /** For REST APIs of apps alone. @default the defaults of each, where apps have such */
    apis: apisSettings.optional(),
    /** For the exposure `alb-ingress` with `waf: true` alone. @default the defaults of each, where the environment has that */
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
    .superRefine(
      ({ network }, context) => {
        for (const issue of exposureProblems(environment, network)) context.addIssue(issue);
      },
      { when: whenValid({ network: networkSettings }) },
    )
    .superRefine(
      ({ data }, context) => {
        for (const issue of dataProblems(environment, data)) context.addIssue(issue);
      },
      { when: whenValid({}) },
    )
    .superRefine(
      ({ edge }, context) => {
        for (const issue of edgeSettingsProblems(environment, edge)) context.addIssue(issue);
      },
      { when: whenValid({ edge: edgeSettings.optional() }) },
    )
    .superRefine(
      ({ apis }, context) => {
        for (const issue of apisSettingsProblems(environment, apis)) context.addIssue(issue);
      },
      { when: whenValid({ apis: apisSettings.optional() }) },
    )
    .superRefine(
      ({ webAcl }, context) => {
        for (const issue of webAclProblems(environment, webAcl)) context.addIssue(issue);
      },
      { when: whenValid({ webAcl: wafSettings.optional() }) },
    );

/** Settings as an environment's file gives them. */
export type InfraSettingsInput = z.input<typeof infraSettingsSchema>;

/** Settings that passed validation. */
export type InfraSettings = z.output<typeof infraSettingsSchema>;
