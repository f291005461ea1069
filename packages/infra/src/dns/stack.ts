import { publish } from "@demarc/shared/contract";
import { dnsContract } from "@demarc/shared/contracts";
import type { Environment } from "@demarc/shared/environment";
import { infra } from "@demarc/shared/workspace";
import { WorkspaceStack } from "@demarc/shared/stack";
import type { App } from "cdktf";
import { WildcardCertificate } from "./certificate";
import { ExistingZone } from "./existing-zone";
import { HostedZone } from "./hosted-zone";
import type { DnsSettings } from "./settings";

/** The hosted zone, made or found, and the certificate that every app's host name hangs from. */
export class DnsStack extends WorkspaceStack {
  constructor(app: App, environment: Environment, settings: DnsSettings) {
    super(app, { workspace: infra, stack: "dns", environment });
    const { domain } = environment;
    const { zoneId, parentZoneId } = settings;

    const zone =
      zoneId === undefined
        ? new HostedZone(this, "zone", { domain, delegatedFrom: parentZoneId })
        : new ExistingZone(this, "zone", { zoneId, domain });
    const certificate = new WildcardCertificate(this, "certificate", { zone, domain });

    publish(this, dnsContract, {
      zoneId: zone.zoneId,
      zoneArn: zone.arn,
      baseDomain: domain,
      certificateArn: certificate.arn,
    });
  }
}
