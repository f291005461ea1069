import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { REGION } from "../eks-api/testing/landscape";
import { contractsAsLocals } from "../terraform/testing/contracts-as-locals";

const ZONES = ["a", "c"];
const SUBNETS = ZONES.map((zone) => `\${aws_subnet.${zone}.id}`);
const CIDRS = ZONES.map((zone) => `\${aws_subnet.${zone}.cidr_block}`);

/** What the stacks before it made: network, zone, certificate, key, and the security group that EKS makes of a cluster. */
export const beforeEdge = {
  provider: { aws: { region: REGION } },
  resource: {
    aws_vpc: { any: { cidr_block: "10.1.0.0/16" } },
    aws_subnet: Object.fromEntries(
      ZONES.map((zone, index) => [
        zone,
        {
          vpc_id: "${aws_vpc.any.id}",
          availability_zone: `${REGION}${zone}`,
          cidr_block: `10.1.${String(index)}.0/24`,
        },
      ]),
    ),
    aws_route53_zone: { any: { name: "dev.example.com" } },
    aws_acm_certificate: { any: { domain_name: "*.dev.example.com", validation_method: "DNS" } },
    aws_kms_key: { any: {} },
    aws_security_group: { pods: { name: "eks-cluster-sg-dev-a", vpc_id: "${aws_vpc.any.id}" } },
  },
  locals: {
    network_v2: {
      vpcId: "${aws_vpc.any.id}",
      vpcCidr: "${aws_vpc.any.cidr_block}",
      publicSubnetIds: SUBNETS,
      publicSubnetCidrs: CIDRS,
      internalSubnetIds: SUBNETS,
      internalSubnetCidrs: CIDRS,
    },
    dns_v1: {
      zoneId: "${aws_route53_zone.any.zone_id}",
      baseDomain: "dev.example.com",
      certificateArn: "${aws_acm_certificate.any.arn}",
    },
    keys_v1: { logKeyArn: "${aws_kms_key.any.arn}" },
    cluster_v1: { securityGroupId: "${aws_security_group.pods.id}" },
  },
};

const read = z.object({ aws_cloudwatch_log_groups: z.looseObject({}) });
const parts = z.object({
  data: read.optional().catch(undefined),
  import: z.unknown().optional(),
  resource: z.unknown(),
});

/** A stack of infra's with what it publishes as locals, for a Terraform with one state beside all of them. */
export function partsOf(stack: SynthesizedStack): object {
  const text = JSON.stringify({ ...parts.parse(stack.json), locals: stack.outputs });
  return z.looseObject({}).parse(JSON.parse(contractsAsLocals(text)));
}
