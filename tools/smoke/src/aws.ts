import { EC2Client } from "@aws-sdk/client-ec2";
import { EKSClient } from "@aws-sdk/client-eks";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import { IAMClient } from "@aws-sdk/client-iam";
import { STSClient } from "@aws-sdk/client-sts";

/** What the checks ask, each as the caller and for reading alone. */
export interface Aws {
  readonly ec2: EC2Client;
  readonly eks: EKSClient;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly iam: IAMClient;
  readonly sts: STSClient;
}

/** How the SDK finds AWS and the caller's credentials, where that is not by the shell's own variables. */
export interface Connection {
  readonly region: string;
  /** @default AWS's own, or what AWS_ENDPOINT_URL says */
  readonly endpoint?: string;
  /** EKS's, where another program serves it. @default as the others' */
  readonly eksEndpoint?: string;
  /** @default the SDK's chain: the shell's variables, a profile, a role */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export function awsAt({ region, endpoint, eksEndpoint = endpoint, credentials }: Connection): Aws {
  const common = { region, ...(credentials === undefined ? {} : { credentials }) };
  const at = (url: string | undefined) => (url === undefined ? common : { ...common, endpoint: url });
  const aws = {
    ec2: new EC2Client(at(endpoint)),
    eks: new EKSClient(at(eksEndpoint)),
    elb: new ElasticLoadBalancingV2Client(at(endpoint)),
    iam: new IAMClient(at(endpoint)),
    sts: new STSClient(at(endpoint)),
  };
  const first = { step: "initialize", name: "demarcReadOnly" } as const;
  aws.ec2.middlewareStack.add(readOnly, first);
  aws.eks.middlewareStack.add(readOnly, first);
  aws.elb.middlewareStack.add(readOnly, first);
  aws.iam.middlewareStack.add(readOnly, first);
  aws.sts.middlewareStack.add(readOnly, first);
  return aws;
}

/**
 * Lets no command get to AWS but those that read, by AWS's own way of naming them.
 * @throws Error where a check does more: that is a fault of ours
 */
function readOnly<Args, Result>(next: (args: Args) => Promise<Result>, { commandName = "" }: { commandName?: string }) {
  return async (args: Args): Promise<Result> => {
    if (!/^(Describe|Get|List)[A-Z]/.test(commandName)) {
      throw new Error(`a check may only read, and ${commandName} does more`);
    }
    return next(args);
  };
}
