import { EksCluster, type EksClusterVpcConfig } from "@cdktf/provider-aws/lib/eks-cluster";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { clusterArn, type Environment, secretsKeyAlias } from "@demarc/shared/environment";
import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption/key";
import type { ConfiguredCluster } from "./clusters";
import type { ForControlPlane, Joined } from "./compute/compute";
import type { LiveCluster } from "./live-cluster";
import type { ClusterLogs } from "./logs";
import type { ClusterSettings } from "./settings";

export interface ControlPlaneProps {
  readonly environment: Environment;
  readonly cluster: ConfiguredCluster;
  /** Private subnets in which EKS places its network interfaces. */
  readonly subnetIds: string[];
  readonly logs: ClusterLogs;
  readonly live: LiveCluster;
  /** What its compute adds. */
  readonly compute: ForControlPlane;
}

/** The Kubernetes API that AWS runs: secrets encrypted, who did what logged, no rights but those of access entries. */
export class ControlPlane extends Construct {
  /** Name of the cluster; whoever uses this attribute is made after the cluster. */
  readonly name: string;
  /** What its nodes join. */
  readonly joined: Joined;
  /** Issuer of service accounts' tokens, with https://. */
  readonly issuerUrl: string;
  /** Security group that EKS makes for the control plane and the nodes. */
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string, props: ControlPlaneProps) {
    super(scope, id);
    const { environment, cluster, subnetIds, logs, live, compute } = props;
    const { name, version, settings } = cluster;
    const { computeConfig, storageConfig } = compute;
    const role = this.#role(environment, name, compute);
    const secretsKey = new EncryptionKey(this, "secrets-key", {
      environment,
      description: `Encrypts the Kubernetes secrets of cluster ${name}`,
      alias: secretsKeyAlias(name),
    });

    const eks = new EksCluster(this, "cluster", {
      name,
      version,
      roleArn: role.arn,
      accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: false },
      // EKS would install the pod network, kube-proxy and CoreDNS in versions of its own choice and never touch them again.
      bootstrapSelfManagedAddons: false,
      enabledClusterLogTypes: settings.controlPlaneLogs,
      encryptionConfig: { provider: { keyArn: secretsKey.arn }, resources: ["secrets"] },
      upgradePolicy: { supportType: settings.support },
      vpcConfig: { subnetIds, endpointPrivateAccess: true, ...publicEndpoint(settings) },
      ...network(settings, compute),
      ...(computeConfig === undefined ? {} : { computeConfig }),
      ...(storageConfig === undefined ? {} : { storageConfig }),
      dependsOn: [...role.policies, ...(compute.dependsOn ?? []), logs.controlPlane],
      lifecycle: { precondition: [live.isOneStepBehind, ...(compute.preconditions ?? [])] },
    });

    this.#letIn(settings, eks.vpcConfig.clusterSecurityGroupId);

    this.name = eks.name;
    this.joined = {
      endpoint: eks.endpoint,
      certificateAuthority: eks.certificateAuthority.get(0).data,
      serviceCidr: eks.kubernetesNetworkConfig.serviceIpv4Cidr,
    };
    this.issuerUrl = eks.identity.get(0).oidc.get(0).issuer;
    this.securityGroupId = eks.vpcConfig.clusterSecurityGroupId;
  }

  /** EKS puts the private endpoint behind the cluster's security group, which lets in nobody but itself. */
  #letIn({ endpoint }: ClusterSettings, securityGroupId: string): void {
    if (endpoint.kind !== "private") return;
    for (const cidr of endpoint.cidrs) {
      new VpcSecurityGroupIngressRule(this, `caller-${cidr.replace("/", "-")}`, {
        description: "Calls the Kubernetes API",
        securityGroupId,
        cidrIpv4: cidr,
        ipProtocol: "tcp",
        fromPort: 443,
        toPort: 443,
      });
    }
  }

  #role(environment: Environment, cluster: string, compute: ForControlPlane): WorkspaceRole {
    const source = {
      StringEquals: { "aws:SourceAccount": environment.account },
      ArnEquals: { "aws:SourceArn": clusterArn(environment, cluster) },
    };
    return new WorkspaceRole(this, "role", {
      name: `${cluster}-control-plane`,
      description: `Control plane of cluster ${cluster}`,
      trust: trustService("eks.amazonaws.com", source, { tagsSessions: compute.tagsSessions }),
      managedPolicies: ["AmazonEKSClusterPolicy", ...(compute.managedPolicies ?? [])],
      permissions: compute.permissions ?? [],
    });
  }
}

function publicEndpoint({ endpoint }: ClusterSettings): Partial<EksClusterVpcConfig> {
  if (endpoint.kind === "private") return { endpointPublicAccess: false };
  return { endpointPublicAccess: true, publicAccessCidrs: endpoint.cidrs };
}

function network({ serviceCidr }: ClusterSettings, { elasticLoadBalancing }: ForControlPlane) {
  const kubernetesNetworkConfig = {
    ...(serviceCidr === undefined ? {} : { serviceIpv4Cidr: serviceCidr }),
    ...(elasticLoadBalancing === undefined ? {} : { elasticLoadBalancing }),
  };
  return Object.keys(kubernetesNetworkConfig).length === 0 ? {} : { kubernetesNetworkConfig };
}
