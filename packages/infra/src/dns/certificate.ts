import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";

export interface WildcardCertificateProps {
  /** Zone that answers for the domain, where the proof of control is written. */
  readonly zone: { readonly zoneId: string };
  readonly domain: string;
}

/** A certificate for every name one label below a domain. Its ARN is known once ACM has seen the proof and issued it. */
export class WildcardCertificate extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, { zone, domain }: WildcardCertificateProps) {
    super(scope, id);
    const certificate = new AcmCertificate(this, "certificate", {
      domainName: `*.${domain}`,
      validationMethod: "DNS",
      // A listener that has it must get its successor before it goes.
      lifecycle: { createBeforeDestroy: true },
    });
    const proof = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "proof", {
      zoneId: zone.zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 300,
      // A certificate that takes another's place asks for the record that is there already.
      allowOverwrite: true,
    });
    const validation = new AcmCertificateValidation(this, "validation", {
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    });
    this.arn = validation.certificateArn;
  }
}
