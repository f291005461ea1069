import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";

export interface HostedZoneProps {
  /** Domain that the zone answers for. */
  readonly domain: string;
  /** Zone of the same account that delegates the domain to this one. @default none: it is delegated by other means */
  readonly delegatedFrom: string | undefined;
}

/** A public zone, and the delegation to it where the domain above is at hand. */
export class HostedZone extends Construct {
  readonly zoneId: string;
  readonly arn: string;

  constructor(scope: Construct, id: string, { domain, delegatedFrom }: HostedZoneProps) {
    super(scope, id);
    const zone = new Route53Zone(this, "zone", { name: domain, comment: `Host names of apps below ${domain}` });
    if (delegatedFrom !== undefined) {
      const delegation = { name: domain, type: "NS", ttl: 300, records: zone.nameServers };
      new Route53Record(this, "delegation", { zoneId: delegatedFrom, ...delegation });
    }
    this.zoneId = zone.zoneId;
    this.arn = zone.arn;
  }
}
