import { EC2Client } from "@aws-sdk/client-ec2";
import { ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { AwsCredentials } from "../service-session";
import { WebAcls } from "./web-acls";

/** What the controller talks to in AWS, with the credentials that it has. */
export interface Aws {
  readonly ec2: EC2Client;
  readonly elb: ElasticLoadBalancingV2Client;
  readonly webAcls: WebAcls;
  /** VPC of the cluster: load balancers and target groups are made in it. */
  readonly vpcId: string;
}

/** Keeps the clients of one set of credentials. */
export class AwsClients {
  #current: (Omit<Aws, "vpcId"> & { readonly key: string }) | undefined;

  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {}

  with(credentials: AwsCredentials, vpcId: string): Aws {
    if (this.#current?.key !== credentials.accessKeyId) {
      this.close();
      const options = { endpoint: this.endpoint, region: this.region, credentials };
      const key = credentials.accessKeyId;
      this.#current = {
        key,
        ec2: new EC2Client(options),
        elb: new ElasticLoadBalancingV2Client(options),
        webAcls: new WebAcls({ ...options, credentials: () => Promise.resolve(credentials) }),
      };
    }
    const { ec2, elb, webAcls } = this.#current;
    return { ec2, elb, webAcls, vpcId };
  }

  close(): void {
    this.#current?.ec2.destroy();
    this.#current?.elb.destroy();
    this.#current = undefined;
  }
}

export type Tags = Readonly<Record<string, string>>;

/** Tags as AWS's requests have them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as AWS's answers have them. */
export function tagsOf(list: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** An id or ARN that AWS's types leave open. @throws Error where it was left out */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`AWS answered no ${what}`);
  return value;
}
