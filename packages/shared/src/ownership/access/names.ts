import { arn } from "../../environment";
import { allow } from "../../iam";
import { type AccessByType, allowInRegion, here } from "./access";

/** Ids of hosted zones and changes are one namespace for the world. */
const of = (kind: string): string => arn({ account: "", region: "" }, "route53", `${kind}/*`);

const certificates = here("acm", "certificate/*");

/** Domains: hosted zones, records and certificates. */
export const names: AccessByType = {
  aws_route53_zone: [
    // Route 53 knows no resource of a zone that is not there yet, and no region.
    allow("route53:CreateHostedZone").on("*"),
    allow(
      "route53:GetHostedZone",
      "route53:ListResourceRecordSets",
      "route53:ListTagsForResource",
      "route53:ChangeResourceRecordSets",
      "route53:ChangeTagsForResource",
      "route53:DeleteHostedZone",
      "route53:UpdateHostedZoneComment",
    ).on(of("hostedzone")),
    allow("route53:GetChange").on(of("change")),
  ],
  aws_route53_record: [
    allow("route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ChangeResourceRecordSets").on(
      of("hostedzone"),
    ),
    allow("route53:GetChange").on(of("change")),
  ],
  aws_acm_certificate: [
    // ACM knows no resource of a certificate that is not there yet.
    allowInRegion("acm:RequestCertificate"),
    allow(
      "acm:DescribeCertificate",
      "acm:ListTagsForCertificate",
      "acm:AddTagsToCertificate",
      "acm:DeleteCertificate",
      "acm:RemoveTagsFromCertificate",
    ).on(certificates),
  ],
  aws_acm_certificate_validation: [allow("acm:DescribeCertificate").on(certificates)],
  "data.aws_route53_zone": [
    // The provider goes through all zones, whatever it looks for.
    allow("route53:ListHostedZones").on("*"),
    allow("route53:GetHostedZone", "route53:ListTagsForResource").on(of("hostedzone")),
  ],
};
