import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { Construct } from "constructs";

export interface ExistingZoneProps {
  readonly zoneId: string;
  /** Domain that the zone must answer for. */
  readonly domain: string;
}

/** A public zone that others made: looked up by id, and held to the environment's domain. It is delegated already, or they see to it. */
export class ExistingZone extends Construct {
  readonly zoneId: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { zoneId, domain }: ExistingZoneProps) {
    super(scope, id);
    const zone = new DataAwsRoute53Zone(this, "zone", {
      zoneId,
      lifecycle: { postcondition: [answersFor(domain, zoneId), isPublic(zoneId)] },
    });
    this.zoneId = zone.zoneId;
    this.arn = zone.arn;
  }
}

/** ExternalDNS may write to the whole zone: one of the domain above would lay other names of the company open to it. */
function answersFor(domain: string, zoneId: string) {
  return {
    condition: `\${self.name == "${domain}"}`,
    errorMessage: `Hosted zone ${zoneId} of dns.zoneId is of \${self.name}, and the environment's domain is ${domain}. Name the zone of that domain; where \${self.name} is the domain above it, name this one as dns.parentZoneId instead, and infra makes the zone.`,
  };
}

function isPublic(zoneId: string) {
  return {
    condition: "${!self.private_zone}",
    errorMessage: `Hosted zone ${zoneId} of dns.zoneId is private, and ACM looks for the certificate's proof on the internet. Name the public zone of the domain.`,
  };
}
