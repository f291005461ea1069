import { dnsStack } from "../testing/dns";
import { dev } from "@demarc/shared/testing";

describe("the environment's domain", () => {
  it("is answered for by a zone of its own, whatever the domain", () => {
    const environment = { ...dev, domain: "pets.example.org" };
    expect(dnsStack({}, environment).resource("aws_route53_zone")).toMatchObject({ name: "pets.example.org" });
  });

  it("is delegated from the zone above it where the settings name that", () => {
    const records = dnsStack({ parentZoneId: "Z0PARENT" }).resources("aws_route53_record");
    expect(records).toContainEqual(
      expect.objectContaining({
        zone_id: "Z0PARENT",
        name: "dev.example.com",
        type: "NS",
        records: expect.stringMatching(/aws_route53_zone\..*\.name_servers/),
      }),
    );
  });

  it("is left for others to delegate where they do not", () => {
    const records = dnsStack().resources("aws_route53_record");
    expect(records.filter((record) => record["type"] === "NS")).toEqual([]);
  });

  it("refuses what is no zone's id, such as a domain", () => {
    expect(() => dnsStack({ parentZoneId: "example.com" })).toThrow(
      'parentZoneId: "example.com" must be the id of a Route 53 hosted zone',
    );
  });
});

describe("a zone that is there", () => {
  const stack = dnsStack({ zoneId: "Z0THERE" });
  const [lookup = {}] = Object.values((stack.json["data"] as Record<string, object>)["aws_route53_zone"] ?? {});

  it("is looked up by its id, and nothing but the certificate's proof is written to it", () => {
    expect(lookup).toMatchObject({ zone_id: "Z0THERE" });
    expect(stack.resourceTypes).not.toContain("aws_route53_zone");
    expect(stack.resource("aws_route53_record")).toMatchObject({
      zone_id: expect.stringMatching(/^\$\{data\.aws_route53_zone\.zone_\w+\.zone_id\}$/),
      name: expect.stringContaining("resource_record_name"),
    });
  });

  it("is published as a made one is", () => {
    expect(stack.outputs["dns_v1"]).toEqual({
      zoneId: expect.stringMatching(/data\.aws_route53_zone\..*\.zone_id/),
      zoneArn: expect.stringMatching(/data\.aws_route53_zone\..*\.arn/),
      baseDomain: "dev.example.com",
      certificateArn: expect.stringContaining("aws_acm_certificate_validation."),
    });
  });

  it("has its delegation already: no parent is named beside it", () => {
    expect(() => dnsStack({ zoneId: "Z0THERE", parentZoneId: "Z0PARENT" })).toThrow(
      'parentZoneId: "Z0PARENT" is for a zone that infra makes, and zoneId names one that exists; take one of the two out',
    );
  });
});

describe("the certificate", () => {
  it("names every app", () => {
    expect(dnsStack().resource("aws_acm_certificate")).toMatchObject({ domain_name: "*.dev.example.com" });
  });

  it("is there before the one that it follows goes, as load balancers use that", () => {
    expect(dnsStack().resource("aws_acm_certificate")["lifecycle"]).toEqual({ create_before_destroy: true });
  });

  it("is proven by a record in the environment's own zone", () => {
    const stack = dnsStack();
    expect(stack.resource("aws_acm_certificate")["validation_method"]).toBe("DNS");
    expect(stack.resource("aws_route53_record")).toMatchObject({
      zone_id: expect.stringContaining("aws_route53_zone.zone"),
      name: expect.stringContaining("resource_record_name"),
      records: [expect.stringContaining("resource_record_value")],
    });
  });

  it("is published only once it is issued, with the zone that apps' names go to", () => {
    expect(dnsStack().outputs["dns_v1"]).toEqual({
      zoneId: expect.stringMatching(/aws_route53_zone\..*\.zone_id/),
      zoneArn: expect.stringMatching(/aws_route53_zone\..*\.arn/),
      baseDomain: "dev.example.com",
      certificateArn: expect.stringContaining("aws_acm_certificate_validation."),
    });
  });
});
