import { CloudwatchLogResourcePolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-resource-policy";
import { Wafv2WebAclLoggingConfiguration } from "@cdktf/provider-aws/lib/wafv2-web-acl-logging-configuration";
import { arn, type Environment } from "@demarc/shared/environment";
import { allow, policyDocument } from "@demarc/shared/iam";
import { Construct } from "constructs";
import { EncryptedLogGroup, type LogKeeping } from "../encryption/log-group";

export interface WebAclLogProps {
  readonly environment: Environment;
  /** Name of the web ACL. */
  readonly name: string;
  readonly webAclArn: string;
  readonly retentionDays: number;
  readonly keeping: LogKeeping;
}

/** Headers that let whoever has them act for somebody. */
const SECRET_HEADERS = ["authorization", "cookie"];

/** Records what a web ACL was asked and what it said, without what would let its reader act for who asked. */
export class WebAclLog extends Construct {
  constructor(scope: Construct, id: string, { environment, name, webAclArn, retentionDays, keeping }: WebAclLogProps) {
    super(scope, id);
    // WAF writes to no group whose name begins otherwise.
    const group = new EncryptedLogGroup(this, "log-group", { name: `aws-waf-logs-${name}`, retentionDays, ...keeping });
    // Where there is none, WAF makes one by itself, of the account's ten, and nobody takes it away.
    const policy = new CloudwatchLogResourcePolicy(this, "policy", {
      policyName: `${name}-waf`,
      policyDocument: policyDocument([writtenByWaf(environment, group.arn)]),
    });
    new Wafv2WebAclLoggingConfiguration(this, "configuration", {
      resourceArn: webAclArn,
      logDestinationConfigs: [group.arn],
      redactedFields: SECRET_HEADERS.map((name) => ({ singleHeader: { name } })),
      dependsOn: [policy],
    });
  }
}

/** https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html */
function writtenByWaf(environment: Environment, groupArn: string) {
  const statement = allow("logs:CreateLogStream", "logs:PutLogEvents")
    .on(`${groupArn}:log-stream:*`)
    .when({
      StringEquals: { "aws:SourceAccount": environment.account },
      ArnLike: { "aws:SourceArn": arn(environment, "logs", "*") },
    });
  return { ...statement, Principal: { Service: "delivery.logs.amazonaws.com" } };
}
