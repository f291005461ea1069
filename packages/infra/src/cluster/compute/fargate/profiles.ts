import { EksFargateProfile } from "@cdktf/provider-aws/lib/eks-fargate-profile";
import { type ConsumedValues, terraformEntry } from "@demarc/shared/contract";
import type { networkContract } from "@demarc/shared/contracts";
import { arn } from "@demarc/shared/environment";
import { allow, trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import { Construct } from "constructs";
import { EksAddOn } from "../add-on";
import type { ComputeProps } from "../compute";
import { coreDns } from "./add-ons";
import { eksProfiles, type FargateSettings } from "./settings";

export interface FargateProfilesProps extends ComputeProps {
  readonly settings: FargateSettings;
}

/** The Fargate profiles of a cluster, and CoreDNS, which runs by one of them. */
export class FargateProfiles extends Construct {
  constructor(scope: Construct, id: string, props: FargateProfilesProps) {
    super(scope, id);
    const { cluster, clusterName, network, settings } = props;
    const role = this.#podExecutionRole(props);

    const profiles = eksProfiles(settings.profiles).map(
      ({ name, selectors, zones }) =>
        new EksFargateProfile(this, `profile-${name}`, {
          clusterName,
          fargateProfileName: name,
          podExecutionRoleArn: role.arn,
          subnetIds: subnetsIn(zones, network),
          selector: selectors,
          dependsOn: [...role.policies],
        }),
    );
    // Before there is a profile for its pods EKS would call it degraded.
    new EksAddOn(this, "coredns", {
      definition: coreDns,
      cluster,
      clusterName,
      versions: settings.addOnVersions,
      dependsOn: profiles,
    });
  }

  /**
   * Fargate pulls images and sends pods' logs by it; pods cannot use it. EKS takes none with a path for this.
   * https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
   */
  #podExecutionRole({ environment, cluster, podLogGroupArn }: FargateProfilesProps): WorkspaceRole {
    return new WorkspaceRole(this, "role", {
      name: `${cluster.name}-fargate-pods`,
      description: `Starts the pods of cluster ${cluster.name} on Fargate`,
      withoutPath: true,
      trust: trustService("eks-fargate-pods.amazonaws.com", {
        StringEquals: { "aws:SourceAccount": environment.account },
        ArnLike: { "aws:SourceArn": arn(environment, "eks", `fargateprofile/${cluster.name}/*`) },
      }),
      managedPolicies: ["AmazonEKSFargatePodExecutionRolePolicy"],
      permissions: [
        allow("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents").on(`${podLogGroupArn}:*`),
      ],
    });
  }
}

function subnetsIn(
  zones: readonly string[] | undefined,
  { privateSubnetIds, privateSubnetIdsByZone }: ConsumedValues<typeof networkContract>,
): string[] {
  return zones?.map((zone) => terraformEntry(privateSubnetIdsByZone, zone)) ?? privateSubnetIds;
}
