import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { arn, type Environment } from "@demarc/shared/environment";
import { allow, trustService } from "@demarc/shared/iam";
import { WorkspaceRole } from "@demarc/shared/stack";
import { Construct } from "constructs";
import { EncryptedLogGroup, type LogKeeping } from "../encryption/log-group";
import type { MadeNetworkSettings } from "./settings";

export interface FlowLogsProps {
  readonly environment: Environment;
  /** VPC whose traffic is recorded. */
  readonly vpcId: string;
  readonly settings: Pick<MadeNetworkSettings, "flowLogTraffic" | "flowLogRetentionDays">;
  readonly keeping: LogKeeping;
}

/** Records who talked to whom in the VPC, or who was refused, in an encrypted log group. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, { environment, vpcId, settings, keeping }: FlowLogsProps) {
    super(scope, id);
    const name = `/demarc/${environment.name}/flow-logs`;
    const group = new EncryptedLogGroup(this, "log-group", {
      name,
      retentionDays: settings.flowLogRetentionDays,
      ...keeping,
    });
    const role = new WorkspaceRole(this, "role", {
      name: `${environment.name}-flow-logs`,
      description: `Lets VPC flow logs write to ${name}`,
      trust: trustService("vpc-flow-logs.amazonaws.com", onlyForThisAccount(environment)),
      permissions: [
        allow("logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents").on(`${group.arn}:*`),
        // CloudWatch Logs knows no narrower resource for it.
        allow("logs:DescribeLogGroups").on("*"),
      ],
    });
    new FlowLog(this, "flow-log", {
      vpcId,
      trafficType: settings.flowLogTraffic,
      logDestinationType: "cloud-watch-logs",
      logDestination: group.arn,
      iamRoleArn: role.arn,
      maxAggregationInterval: 600,
      tags: { Name: environment.name },
    });
  }
}

/** Else the service could be made to write here for somebody else's flow log: the confused deputy. */
function onlyForThisAccount(environment: Environment) {
  return {
    StringEquals: { "aws:SourceAccount": environment.account },
    ArnLike: { "aws:SourceArn": arn(environment, "ec2", "vpc-flow-log/*") },
  };
}
