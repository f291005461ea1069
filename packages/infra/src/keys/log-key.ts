import { arn, type Environment } from "@demarc/shared/environment";
import { allow, type ResourceStatement } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { edgesOf, hasIngressWebAcl } from "@demarc/shared/exposure";
import { EncryptionKey } from "../encryption/key";

export interface LogKeyProps {
  readonly environment: Environment;
  /** Whether the log groups outlive the environment, and so the key too. */
  readonly retained: boolean;
}

/** The key of the environment's log groups. CloudWatch Logs of the region may use it for those, and no other service for anything. */
export class LogKey extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { environment, retained }: LogKeyProps) {
    super(scope, id);
    const key = new EncryptionKey(this, "key", {
      environment,
      description: `Encrypts the log groups of ${environment.name}`,
      uses: [usedByCloudWatchLogs(environment)],
      protectedBy: retained ? "retain.logs" : undefined,
    });
    this.arn = key.arn;
  }
}

/**
 * What the names of the environment's log groups look like: its own, its clusters', its database's, its web ACLs'. No other
 * environment's name begins with `<name>-` (environment/validate.ts).
 */
const groupNames = ({ name, exposures }: Environment) => [
  `/demarc/${name}/*`,
  `/demarc/${name}-*`,
  `/aws/eks/${name}-*`,
  `/aws/rds/instance/${name}-*`,
  ...(hasWebAcl(exposures) ? [`aws-waf-logs-${name}-*`] : []),
];

/** infra's ALB has one, and its network load balancers have none. */
function hasWebAcl(exposures: Environment["exposures"]): boolean {
  return edgesOf(exposures).some(({ type }) => type === "application") || hasIngressWebAcl(exposures);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function usedByCloudWatchLogs(environment: Environment): ResourceStatement {
  const groups = groupNames(environment).map((name) => arn(environment, "logs", `log-group:${name}`));
  const statement = allow("kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*")
    .on("*")
    .when({ ArnLike: { "kms:EncryptionContext:aws:logs:arn": groups } });
  return { ...statement, Principal: { Service: `logs.${environment.region}.amazonaws.com` } };
}
