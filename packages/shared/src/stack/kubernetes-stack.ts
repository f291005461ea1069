import { HelmProvider } from "@cdktf/provider-helm/lib/provider";
import { KubernetesProvider } from "@cdktf/provider-kubernetes/lib/provider";
import { type App, Fn } from "cdktf";
import { consume, type ConsumedValues } from "../contract";
import { clusterContract } from "../contracts";
import { WorkspaceStack, type WorkspaceStackProps } from "./stack";
import { targetOf } from "./target";

export interface KubernetesStackProps extends WorkspaceStackProps {
  readonly cluster: string;
}

/**
 * A stack that acts inside a cluster, through the Kubernetes and Helm providers. Both get a token of fifteen minutes from
 * `aws eks get-token` when they run: none is ever in a state. The cluster itself stands in infra's state, never in this one.
 */
export class KubernetesStack extends WorkspaceStack {
  override readonly cluster: string;
  /** What infra says of the cluster. */
  readonly clusterContract: ConsumedValues<typeof clusterContract>;

  constructor(app: App, props: KubernetesStackProps) {
    super(app, props);
    this.cluster = props.cluster;
    this.clusterContract = consume(this, clusterContract);
    const { name, endpoint, certificateAuthority } = this.clusterContract;

    const connection = { host: endpoint, clusterCaCertificate: Fn.base64decode(certificateAuthority) };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1beta1",
      command: "aws",
      args: ["eks", "get-token", "--cluster-name", name, "--region", this.environment.region, "--output", "json"],
    };
    new KubernetesProvider(this, "kubernetes", { ...connection, exec: [exec] });
    new HelmProvider(this, "helm", { kubernetes: { ...connection, exec } });
    for (const [name, provider] of Object.entries(targetOf(this).providers)) {
      this.addOverride(`terraform.required_providers.${name}`, provider);
    }
  }
}
