import { DataAwsEksCluster } from "@cdktf/provider-aws/lib/data-aws-eks-cluster";
import { DataAwsEksClusters } from "@cdktf/provider-aws/lib/data-aws-eks-clusters";
import { minorOf } from "@demarc/shared/environment";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "./cluster";

/**
 * The cluster as it runs while Terraform plans, if there is one. What comes before what in an upgrade hangs on it, and Terraform's graph
 * is the same for a first install and an upgrade: docs/decisions/0018.
 */
export class LiveCluster extends Construct {
  /** Its Kubernetes version; the wanted one where there is no cluster yet. */
  readonly #version: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly cluster: Cluster,
  ) {
    super(scope, id);
    // Whoever asks for one that is not there gets an error, and no answer.
    const all = new DataAwsEksClusters(this, "all");
    const live = new DataAwsEksCluster(this, "live", { name: cluster.name });
    live.addOverride("count", `\${contains(${all.fqn}.names, "${cluster.name}") ? 1 : 0}`);
    this.#version = `try(${live.fqn}[0].version, "${cluster.version}")`;
  }

  /** EKS goes up by one minor version at a time, and never down. */
  get isOneStepBehind(): Precondition {
    const { name, version } = this.cluster;
    const steps = `${String(minorOf(version))} - ${this.#minor}`;
    return {
      condition: `\${contains([0, 1], ${steps})}`,
      errorMessage: `Cluster ${name} runs Kubernetes \${${this.#version}}, and EKS upgrades it by one minor version at a time and never back: ${version} is not the next one. Name the next one in the environment and deploy it first.`,
    };
  }

  /** Nodes follow a control plane and add-ons that are upgraded already. @param nodeVersion Kubernetes version of the nodes */
  isNotBehind(nodeVersion: string): Precondition {
    const { id, name, version } = this.cluster;
    return {
      condition: `\${${this.#minor} >= ${String(minorOf(nodeVersion))}}`,
      errorMessage: `Cluster ${name} runs Kubernetes \${${this.#version}}, and one deploy would take its nodes to ${nodeVersion} before its add-ons. Upgrade control plane and add-ons first: set clusters.${id}.compute.nodeVersion to "\${${this.#version}}" in infra's settings and deploy. Then take it out and deploy again, and the nodes follow to ${version}.`,
    };
  }

  get #minor(): string {
    return `tonumber(split(".", ${this.#version})[1])`;
  }
}
