import { LbListener } from "@cdktf/provider-aws/lib/lb-listener";
import { TLS_POLICY } from "@demarc/shared/environment";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface ListenersProps {
  readonly loadBalancerArn: string;
  /** Certificate of all host names. */
  readonly certificateArn: string;
  /** What guards the load balancer: no request is listened to before. */
  readonly guard: ITerraformDependable;
}

/** HTTPS, for hosts to be added to, and HTTP, which leads there. */
export class Listeners extends Construct {
  /** ARN of the HTTPS listener. */
  readonly httpsArn: string;

  constructor(scope: Construct, id: string, { loadBalancerArn, certificateArn, guard }: ListenersProps) {
    super(scope, id);
    const dependsOn = [guard];
    new LbListener(this, "http", {
      loadBalancerArn,
      port: 80,
      protocol: "HTTP",
      defaultAction: [{ type: "redirect", redirect: { port: "443", protocol: "HTTPS", statusCode: "HTTP_301" } }],
      dependsOn,
    });
    const https = new LbListener(this, "https", {
      loadBalancerArn,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: TLS_POLICY,
      certificateArn,
      defaultAction: [
        {
          type: "fixed-response",
          fixedResponse: { statusCode: "404", contentType: "text/plain", messageBody: "No app has this host name." },
        },
      ],
      dependsOn,
    });
    this.httpsArn = https.arn;
  }
}
