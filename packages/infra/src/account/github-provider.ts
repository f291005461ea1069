import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { AUDIENCE, GITHUB_ISSUER } from "@demarc/shared/delivery";
import { Construct } from "constructs";

/** Lets IAM trust tokens of GitHub Actions. Which of them a role takes is that role's to say. IAM checks the issuer's certificate by itself. */
export class GithubProvider extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IamOpenidConnectProvider(this, "provider", { url: `https://${GITHUB_ISSUER}`, clientIdList: [AUDIENCE] });
  }
}
