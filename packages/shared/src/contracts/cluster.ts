import { defineContract, onCompute, output } from "../contract";

/** How to reach a cluster, and what its add-ons write to. */
export const clusterContract = defineContract({
  name: "cluster",
  version: 1,
  workspace: "infra",
  stack: "cluster",
  scope: "cluster",
  outputs: {
    name: output.string("Name of the EKS cluster"),
    endpoint: output.string("URL of the Kubernetes API"),
    certificateAuthority: output.string("CA certificate of the API, PEM in base64"),
    oidcProviderArn: output.string("IAM OpenID Connect provider that an app's role trusts (IRSA)"),
    oidcIssuer: output.string("Issuer without https://, as IAM's condition keys want it"),
    securityGroupId: output.string("Security group of the control plane and the nodes, made by EKS"),
    volumeKeyArn: output.optional(
      onCompute("managed-nodes", "auto-mode"),
      output.string("KMS key of block volumes: the nodes' own, and those that a StorageClass asks for with it"),
    ),
    nodeRoleName: output.optional(
      onCompute("auto-mode"),
      output.string("IAM role of the nodes, for node classes of k8s-platform's own"),
    ),
    dnsAddress: output.optional(
      onCompute("auto-mode"),
      output.string("Address that pods ask for names: the cluster's DNS runs on each node and has no pods to name"),
    ),
    podNamespaces: output.optional(
      onCompute("fargate"),
      output.string(
        "Regular expression that fits each namespace whose pods a Fargate profile selects whatever their labels; pods of another wait for ever",
      ),
    ),
    podSecurityGroupId: output.optional(
      onCompute("fargate"),
      output.string(
        "Security group of the pods of every team: their ways to the Kubernetes API, DNS and out, and the platform's to them",
      ),
    ),
    teamSecurityGroupIds: output.optional(
      onCompute("fargate"),
      output.map(
        "Security group of each team's pods alone, by the team's name: it lets in the team's own and whom the load balancer controller lets in",
      ),
    ),
    podLogGroupName: output.string("CloudWatch log group that pod logs go to"),
    podLogGroupArn: output.string("ARN of that log group"),
  },
});
