import { arn, type Environment } from "@demarc/shared/environment";
import { allow, policyDocument } from "@demarc/shared/iam";

/** Tag of a bastion, with the name of its cluster. */
export const BASTION_OF = "demarc-bastion-of";

/** AWS's own document, which is no account's. */
const FORWARDING = "AWS-StartPortForwardingSessionToRemoteHost";

/**
 * What a person's role needs to use a bastion and nothing else of Session Manager: an IAM policy as JSON. infra attaches it to nobody: the
 * roles of people are the company's. Terraform writes `$${` as `${`.
 * https://docs.aws.amazon.com/systems-manager/latest/userguide/getting-started-restrict-access-examples.html
 */
export function sessionPolicy(
  environment: Environment,
  { cluster, shellDocument }: { readonly cluster: string; readonly shellDocument: string },
): string {
  const documents = [
    arn({ account: "", region: environment.region }, "ssm", `document/${FORWARDING}`),
    arn(environment, "ssm", `document/${shellDocument}`),
  ];
  return policyDocument([
    allow("ssm:StartSession")
      .on(arn(environment, "ec2", "instance/*"))
      // Without the check whoever names no document gets the account's default one.
      .when({ StringEquals: { [`ssm:resourceTag/${BASTION_OF}`]: cluster } })
      .when({ BoolIfExists: { "ssm:SessionDocumentAccessCheck": "true" } }),
    allow("ssm:StartSession").on(...documents),
    allow("ssm:ResumeSession", "ssm:TerminateSession").on(arn(environment, "ssm", "session/$${aws:userid}-*")),
  ]);
}
