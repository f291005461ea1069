import { z } from "zod";
import type { AwsCredentials } from "../service-session";

interface Connection {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Promise<AwsCredentials>;
}

/** Stands in a class or an annotation for: no web ACL. */
const NONE = "none";

/** moto says null where AWS says nothing. */
const associated = z.object({ WebACL: z.object({ ARN: z.string() }).nullish() });
const refused = z.object({ __type: z.string(), message: z.string().optional(), Message: z.string().optional() });

/** What stands in front of load balancers, as AWS WAF knows it. The local AWS checks no signature: three calls do not make up for an SDK client. */
export class WebAcls {
  constructor(private readonly connection: Connection) {}

  /** ARN of what guards a load balancer. */
  async of(ResourceArn: string): Promise<string | undefined> {
    return associated.parse(await this.#call("GetWebACLForResource", { ResourceArn })).WebACL?.ARN;
  }

  async associate(ResourceArn: string, WebACLArn: string): Promise<void> {
    await this.#call("AssociateWebACL", { ResourceArn, WebACLArn });
  }

  async disassociate(ResourceArn: string): Promise<void> {
    await this.#call("DisassociateWebACL", { ResourceArn });
  }

  /** @throws Error with the name of AWS's error */
  async #call(operation: string, input: Readonly<Record<string, string>>): Promise<unknown> {
    const { endpoint, region, credentials } = this.connection;
    const { accessKeyId, sessionToken } = await credentials();
    const scope = `${accessKeyId}/20000101/${region}/wafv2/aws4_request`;
    const response = await fetch(endpoint, {
      method: "POST",
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
        "content-type": "application/x-amz-json-1.1",
        "x-amz-security-token": sessionToken,
        "x-amz-target": `AWSWAF_20190729.${operation}`,
      },
      body: JSON.stringify(input),
    });
    const text = await response.text();
    const answer: unknown = text === "" ? {} : JSON.parse(text);
    if (response.ok) return answer;
    const { __type: type, message, Message } = refused.parse(answer);
    const name = type.replace(/.*#/, "");
    throw Object.assign(new Error(`${name}: ${message ?? Message ?? ""}`), { name });
  }
}

/**
 * Has that web ACL in front of a load balancer, or none, whoever put what is there now (pkg/deploy/wafv2 of the controller's v3.5.0).
 * @param wanted its ARN, or `none`
 */
export async function setWebAcl(webAcls: WebAcls, loadBalancerArn: string, wanted: string): Promise<void> {
  const current = await webAcls.of(loadBalancerArn);
  if (wanted === NONE) {
    if (current !== undefined) await webAcls.disassociate(loadBalancerArn);
  } else if (current !== wanted) {
    await webAcls.associate(loadBalancerArn, wanted);
  }
}
