import type { RegisteredApp } from "@demarc/shared/apps";
import { type Environment, teamGroup } from "@demarc/shared/environment";
import {
  bindingsOpenPods,
  type BoundTargetGroups,
  ingressRecords,
  mostServiceLoadBalancers,
  serviceLoadBalancerClass,
} from "@demarc/shared/exposure";
import { Objects } from "@demarc/shared/kubernetes";
import { k8sPlatform } from "@demarc/shared/workspace";
import { Fn, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { ingressClasses } from "../ingress";
import { policies } from "./policies";
import { manifestsOf } from "./policies/manifest";
import type { PolicyContext } from "./policies/policy";
import type { WorkloadContext } from "./policies/team-rules";
import { TargetGroups } from "./target-groups";
import { settingsOfTeam, type TenancySettings } from "./settings";

export interface AdmissionProps {
  readonly environment: Environment;
  /** Short id of the cluster. */
  readonly cluster: string;
  readonly settings: TenancySettings;
  /** Whose host names are whose. */
  readonly apps: readonly RegisteredApp[];
  /** Target groups that teams may bind to. @default none */
  readonly bound: BoundTargetGroups | undefined;
  /** Ranges that the load balancer sends from. */
  readonly loadBalancerCidrs: string[];
}

/** What RBAC cannot say of teams' objects, as ValidatingAdmissionPolicies that the API server itself evaluates. */
export class Admission extends Construct {
  /** By which whatever is to be asked waits for them. */
  readonly release: ITerraformDependable;

  constructor(scope: Construct, id: string, props: AdmissionProps) {
    super(scope, id);
    const { environment, cluster, settings, apps, bound, loadBalancerCidrs } = props;
    const context: PolicyContext = {
      exposures: environment.exposures,
      bindsTargetGroups: bound !== undefined,
      bindingsOpenPods: bindingsOpenPods({ environment, cluster }),
      hosts: hostsOf(environment, apps),
      ingressClasses: ingressClasses(environment),
      loadBalancerCidrs: `'${Fn.join("','", loadBalancerCidrs)}'`,
      records: ingressRecords(environment, cluster),
      serviceLoadBalancerClass:
        mostServiceLoadBalancers(environment.exposures) > 0
          ? serviceLoadBalancerClass(environment, cluster)
          : undefined,
      teamGroups: teamGroups(environment),
      workloads: workloadContext(environment, settings),
    };
    if (bound !== undefined) new TargetGroups(this, "target-groups", bound);
    this.release = new Objects(this, "policies", {
      name: "admission-policies",
      namespace: "kube-system",
      objects: policies(context).flatMap(manifestsOf),
    }).release;
  }
}

/** Teams by the whole host names that are registered for their apps. */
function hostsOf({ domain }: Environment, apps: readonly RegisteredApp[]): Record<string, string> {
  return Object.fromEntries(
    apps.flatMap(({ team, hostnames }) => hostnames.map((name) => [`${name}.${domain}`, team])),
  );
}

/** The account's own registry is always among those that images may come from: whoever may push there is the account's business. */
function workloadContext(environment: Environment, settings: TenancySettings): WorkloadContext {
  const { account, region, teams } = environment;
  return {
    registries: [`${account}.dkr.ecr.${region}.amazonaws.com`, ...settings.registries],
    teams: Object.fromEntries(Object.keys(teams).map((team) => [team, settingsOfTeam(settings, team)])),
  };
}

/** All but the group of the platform's own team. */
function teamGroups(environment: Environment): string[] {
  const platform = k8sPlatform.team(environment);
  return Object.keys(environment.teams)
    .filter((team) => team !== platform)
    .map(teamGroup);
}
