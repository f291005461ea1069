import { appsOf } from "@demarc/shared/apps";
import { consume, publish } from "@demarc/shared/contract";
import { dnsContract, networkContract, platformContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { boundTargetGroups, ingressWebAclArn, loadBalancerCidrs } from "@demarc/shared/exposure";
import { k8sPlatform } from "@demarc/shared/workspace";
import { KubernetesStack } from "@demarc/shared/stack";
import { stateOf } from "@demarc/shared/state";
import type { App } from "cdktf";
import { ADDONS_STACK } from "../addons/stack";
import { clusterReference } from "../cluster";
import { CA_CONFIG_MAP } from "../database/certificate-authorities";
import { DatabaseUsers } from "../database/database-users";
import type { DatabaseUsersSettings } from "../database/settings";
import { ingressClasses } from "../ingress";
import type { MirrorSettings } from "../mirror";
import { Admission } from "./admission";
import { IngressClasses } from "./ingress-classes";
import { RouterFront } from "./router-front";
import { ScopedQuotas } from "./scoped-quotas";
import { securityGroupPolicies } from "./security-group-policies";
import { settingsOfTeam, type TenancySettings } from "./settings";
import { TeamNamespace } from "./team-namespace";

export interface TenancyStackProps {
  readonly environment: Environment;
  /** Short id of the cluster. */
  readonly cluster: string;
  readonly settings: TenancySettings;
  readonly databaseUsers: DatabaseUsersSettings;
  readonly mirror: MirrorSettings;
}

/** The teams' places in a cluster, and the lines between them. It comes after the controllers that act on what apps put there. */
export class TenancyStack extends KubernetesStack {
  constructor(app: App, props: TenancyStackProps) {
    const { environment, cluster: id, settings } = props;
    super(app, { workspace: k8sPlatform, stack: platformContract.stack, environment, cluster: id });
    this.dependOn(stateOf(environment, k8sPlatform.kind, ADDONS_STACK, id).stackId);
    const cluster = clusterReference(environment, id, this.clusterContract);
    const cidrs = loadBalancerCidrs(this);

    const places = Object.keys(environment.teams).map((team) => {
      const of = { team, environment, cluster, settings: settingsOfTeam(settings, team) };
      return { team, place: new TeamNamespace(this, of) };
    });
    const namespaces = Object.fromEntries(places.map(({ team, place }) => [team, place.namespace]));
    const quotas = new ScopedQuotas(this, "affinity-quotas", Object.values(namespaces), cluster.compute);
    const groups = securityGroupPolicies(this, namespaces, cluster);
    const { certificateArn } = consume(this, dnsContract);
    const network = consume(this, networkContract);
    const webAclArn = ingressWebAclArn(this);
    new IngressClasses(this, "ingress-classes", {
      ...{ environment, cluster, settings },
      certificateArn,
      webAclArn,
      network,
    });
    new RouterFront(this, "router-front", { environment, certificateArn, network });
    const apps = appsOf(this);
    const bound = boundTargetGroups(this);
    const admission = new Admission(this, "admission", {
      ...{ environment, cluster: id, settings, apps, bound },
      loadBalancerCidrs: cidrs,
    });
    for (const { place } of places) place.letIn([quotas.release, ...groups, admission.release]);
    if (environment.data)
      new DatabaseUsers(this, { ...props, settings: props.databaseUsers, apps, cluster, namespaces });

    publish(this, platformContract, {
      namespaces,
      ingressClasses: ingressClasses(environment),
      loadBalancerCidrs: cidrs,
      podLogGroupName: cluster.contract.podLogGroupName,
      databaseCaConfigMap: environment.data ? CA_CONFIG_MAP : undefined,
    });
  }
}
