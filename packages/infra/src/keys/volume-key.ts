import { arn, type Environment } from "@demarc/shared/environment";
import { allow, type ResourceStatement } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption/key";

export interface VolumeKeyProps {
  readonly environment: Environment;
  /** Whether volumes that pods made, or their snapshots, outlive the environment, and so the key too. */
  readonly retained: boolean;
}

/** The key of the block volumes of every cluster, which EC2 Auto Scaling and Spot use when they launch a node. */
export class VolumeKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, retained }: VolumeKeyProps) {
    super(scope, id);
    const key = new EncryptionKey(this, "key", {
      environment,
      description: `Encrypts the block volumes of the clusters of ${environment.name}`,
      uses: usedToLaunch(environment),
      protectedBy: retained ? "retain.volumes" : undefined,
    });
    this.arn = key.arn;
  }
}

/** Roles of AWS's own in the account, by which nodes are launched; their policies know no keys of ours. */
const launchers = [
  "autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling",
  "spot.amazonaws.com/AWSServiceRoleForEC2Spot",
];

/**
 * What "Required KMS key policy for use with encrypted volumes" of the Auto Scaling guide asks for. The roles stand in a
 * condition, not as principals: KMS refuses a principal that is not there yet, and AWS makes these with the account's
 * first group, which needs the key first.
 */
function usedToLaunch(environment: Environment): ResourceStatement[] {
  const roles = launchers.map((role) => arn(environment, "iam", `role/aws-service-role/${role}`));
  const launching = {
    StringEquals: { "kms:CallerAccount": environment.account },
    ArnEquals: { "aws:PrincipalArn": roles },
  };
  const use = allow("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey");
  const grant = allow("kms:CreateGrant")
    .on("*")
    .when({ Bool: { "kms:GrantIsForAWSResource": "true" } });
  return [use.on("*").when(launching), grant.when(launching)].map((statement) => ({
    ...statement,
    Principal: { AWS: "*" },
  }));
}
