import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import type { OidcProvider } from "@demarc/shared/iam";
import { Fn } from "cdktf";
import { Construct } from "constructs";

export interface IdentityProviderProps {
  /** Issuer of the cluster's service account tokens, with https://. */
  readonly issuerUrl: string;
}

/** Lets IAM trust the tokens of the cluster's service accounts (IRSA). IAM checks the issuer's certificate by itself. */
export class IdentityProvider extends Construct implements OidcProvider {
  readonly arn: string;
  readonly issuer: string;

  constructor(scope: Construct, id: string, { issuerUrl }: IdentityProviderProps) {
    super(scope, id);
    const provider = new IamOpenidConnectProvider(this, "provider", {
      url: issuerUrl,
      clientIdList: ["sts.amazonaws.com"],
    });
    this.arn = provider.arn;
    this.issuer = Fn.trimprefix(issuerUrl, "https://");
  }
}
