import { ApiGatewayBasePathMapping } from "@cdktf/provider-aws/lib/api-gateway-base-path-mapping";
import { ApiGatewayDomainName } from "@cdktf/provider-aws/lib/api-gateway-domain-name";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Construct } from "constructs";
import { consume } from "../../contract";
import { dnsContract } from "../../contracts";
import { clusterRecord, type ExposureKind } from "../../environment";
import type { ClusterParty } from "../consequences";

export interface ApiDomainProps {
  readonly stack: ClusterParty;
  readonly exposure: ExposureKind;
  /** First label of the host name. */
  readonly hostname: string;
  readonly apiId: string;
  readonly stageName: string;
}

/** The app's host name at its API, and the record, which is one of several of its name as every record of an app is (dns-record.ts). */
export class ApiDomain extends Construct {
  constructor(scope: Construct, id: string, { stack, exposure, hostname, apiId, stageName }: ApiDomainProps) {
    super(scope, id);
    const { setIdentifier, weight } = clusterRecord(stack.environment, stack.cluster, exposure);
    const { zoneId, baseDomain, certificateArn } = consume(stack, dnsContract);
    const domain = new ApiGatewayDomainName(this, "name", {
      domainName: `${hostname}.${baseDomain}`,
      regionalCertificateArn: certificateArn,
      endpointConfiguration: { types: ["REGIONAL"] },
      securityPolicy: "TLS_1_2",
    });
    new ApiGatewayBasePathMapping(this, "mapping", { apiId, stageName, domainName: domain.domainName });
    new Route53Record(this, "record", {
      zoneId,
      name: `${hostname}.${baseDomain}`,
      type: "A",
      // Route 53 cannot tell whether an API of API Gateway is well.
      alias: { name: domain.regionalDomainName, zoneId: domain.regionalZoneId, evaluateTargetHealth: false },
      setIdentifier,
      weightedRoutingPolicy: { weight },
    });
  }
}
