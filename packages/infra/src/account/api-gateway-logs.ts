import { ApiGatewayAccount } from "@cdktf/provider-aws/lib/api-gateway-account";
import type { Environment } from "@demarc/shared/environment";
import { trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ApiGatewayLogsProps {
  readonly environment: Environment;
  /** The permissions boundary of infra's roles, which the same stack makes. */
  readonly boundary: ITerraformDependable;
}

/**
 * The one role of an account and region by which API Gateway writes logs: no stage can have an access log before it. AWS documents no
 * condition that the service's own calls would meet, so the trust has none. API Gateway tries the role when it is set.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html
 */
export class ApiGatewayLogs extends Construct {
  readonly roleArn: string;

  constructor(scope: Construct, id: string, { environment, boundary }: ApiGatewayLogsProps) {
    super(scope, id);
    const role = new WorkspaceRole(this, "role", {
      // Roles of all regions share their names.
      name: `demarc-api-gateway-logs-${environment.region}`,
      description: `Lets API Gateway write logs in ${environment.region}`,
      trust: trustService("apigateway.amazonaws.com"),
      managedPolicies: ["service-role/AmazonAPIGatewayPushToCloudWatchLogs"],
      after: [boundary],
    });
    const account = new ApiGatewayAccount(this, "account", {
      cloudwatchRoleArn: role.arn,
      // Else a destroy would leave the account with a role that is gone.
      resetOnDelete: true,
      dependsOn: [...role.policies],
    });
    this.roleArn = account.cloudwatchRoleArn;
  }
}
