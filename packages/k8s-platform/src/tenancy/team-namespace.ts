import { LimitRangeV1 } from "@cdktf/provider-kubernetes/lib/limit-range-v1";
import { ResourceQuotaV1 } from "@cdktf/provider-kubernetes/lib/resource-quota-v1";
import { type Amounts, type Environment, type Exposure, limitsOf, type TeamLimits } from "@demarc/shared/environment";
import { mostServiceLoadBalancers, namespaceLabels } from "@demarc/shared/exposure";
import { chosenId } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { ClusterReference } from "../cluster";
import { TEAM_LABEL } from "../team-label";
import { countQuota } from "./counts";
import { ClosedNamespace } from "./namespace";
import { platformMetadata } from "./platform-metadata";
import type { TeamSettings } from "./settings";
import { TeamAccess } from "./team-access";

/** How many pods may be there for each that may run. */
const KEPT_PODS = 3;

/**
 * The least that a container asks for and is held to. To Kubernetes and the kubelet a limit of 0 is no limit, and the quota counts it as
 * nothing; it is not above a maximum either.
 */
const LEAST: Amounts = { cpu: "1m", memory: "1", ephemeralStorage: "1" };

export interface TeamNamespaceProps {
  readonly team: string;
  readonly environment: Environment;
  readonly cluster: ClusterReference;
  readonly settings: TeamSettings;
}

/** A team's place in a cluster: a namespace of its name, and what it may use there. */
export class TeamNamespace extends Construct {
  readonly namespace: string;
  readonly #props: TeamNamespaceProps;
  readonly #fences: readonly ITerraformDependable[];

  constructor(scope: Construct, props: TeamNamespaceProps) {
    const { team, environment, cluster, settings } = props;
    super(scope, chosenId("team", team));
    this.#props = props;
    const { exposures } = environment;
    const { namespace, parts } = new ClosedNamespace(this, "closed", {
      name: team,
      cluster,
      labels: {
        [TEAM_LABEL]: team,
        ...namespaceLabels(exposures, cluster.compute),
      },
    });
    this.namespace = namespace;
    const limits = limitsOf(environment, team);
    this.#fences = [
      ...parts,
      this.#quota(limits.quota, settings.quota, exposures),
      this.#limits(limits.container, settings.containers),
    ];
  }

  /**
   * Lets the team in, once everything that holds it is there: quotas, security groups and admission ask new objects alone.
   * @param fences what holds it beside what is in its namespace
   */
  letIn(fences: readonly ITerraformDependable[]): void {
    const { team, environment, settings } = this.#props;
    new TeamAccess(this, "access", {
      ...{ team, namespace: this.namespace, exposures: environment.exposures, exec: settings.exec },
      after: [...this.#fences, ...fences],
    });
  }

  #quota(
    ofPods: TeamLimits["quota"],
    others: TeamSettings["quota"],
    exposures: readonly Exposure[],
  ): ITerraformDependable {
    const { requests, limits, pods } = ofPods;
    const { volumeClaims, storage, objects } = others;
    return new ResourceQuotaV1(this, "quota", {
      metadata: platformMetadata("team", this.namespace),
      spec: {
        hard: {
          "requests.cpu": requests.cpu,
          "requests.memory": requests.memory,
          "limits.cpu": limits.cpu,
          "limits.memory": limits.memory,
          "requests.ephemeral-storage": requests.ephemeralStorage,
          "limits.ephemeral-storage": limits.ephemeralStorage,
          pods: String(pods),
          // The other counts those that run: a Job's stay until the Job goes.
          "count/pods": String(pods * KEPT_PODS),
          ...countQuota(exposures, objects),
          persistentvolumeclaims: String(volumeClaims),
          "requests.storage": storage,
          // EKS makes this class too: its volumes are not encrypted with the cluster's key.
          "gp2.storageclass.storage.k8s.io/persistentvolumeclaims": "0",
          "services.nodeports": "0",
          "services.loadbalancers": String(mostServiceLoadBalancers(exposures)),
        },
      },
    });
  }

  #limits(most: TeamLimits["container"], { requests, limits }: TeamSettings["containers"]): ITerraformDependable {
    return new LimitRangeV1(this, "limits", {
      metadata: platformMetadata("team", this.namespace),
      spec: {
        limit: [
          {
            type: "Container",
            defaultRequest: amounts(requests),
            default: amounts(limits),
            min: amounts(LEAST),
            max: amounts(most),
          },
        ],
      },
    });
  }
}

function amounts({ ephemeralStorage, ...rest }: Amounts): Record<string, string> {
  return { ...rest, "ephemeral-storage": ephemeralStorage };
}
