import type { SynthesizedStack } from "@demarc/shared/testing";
import fc from "fast-check";
import { type NetworkInput, networkStack } from "../testing/network";
import { ZONES } from "./cidr";

/** Resources of a type by their names in Terraform. */
function named(stack: SynthesizedStack, type: string): Record<string, Record<string, unknown>> {
  const { resource } = stack.json as { resource: Record<string, Record<string, Record<string, unknown>>> };
  return resource[type] ?? {};
}

/** Name of the resource that a reference points to: `x` in ${aws_subnet.x.id}. */
const target = (reference: unknown) => /^\$\{\w+\.([\w-]+)\.\w+\}$/.exec(String(reference))?.[1] ?? "";

/** Zone of the NAT gateway that a zone's private subnet reaches out through. */
function wayOut(stack: SynthesizedStack, zone: string): string {
  const subnets = named(stack, "aws_subnet");
  const [subnet = ""] =
    Object.entries(subnets).find(([, { tags }]) => JSON.stringify(tags).includes(`dev-private-${zone}"`)) ?? [];
  const association = stack.resources("aws_route_table_association").find((one) => target(one["subnet_id"]) === subnet);
  const route = stack
    .resources("aws_route")
    .find((one) => one["route_table_id"] === association?.["route_table_id"] && one["nat_gateway_id"] !== undefined);
  const gateway = named(stack, "aws_nat_gateway")[target(route?.["nat_gateway_id"])];
  return String(subnets[target(gateway?.["subnet_id"])]?.["availability_zone"]);
}

describe("the network", () => {
  it("gives names to what is inside the VPC", () => {
    expect(networkStack().resource("aws_vpc")).toMatchObject({
      cidr_block: "10.1.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
    });
  });

  it("lets nothing in or out of the security group that AWS gives to whoever names none", () => {
    const group = networkStack().resource("aws_default_security_group");
    expect(group).not.toHaveProperty("ingress");
    expect(group).not.toHaveProperty("egress");
  });

  it("has three subnets in each zone, tagged for the load balancers that belong there: none beside nodes and pods", () => {
    const subnets = networkStack().resources("aws_subnet");
    const shown = subnets.map(({ availability_zone, cidr_block, map_public_ip_on_launch, tags }) => ({
      availability_zone,
      cidr_block,
      map_public_ip_on_launch,
      tags,
    }));
    const subnet = (kind: string, zone: string, cidr_block: string, tag?: string) => ({
      availability_zone: `ap-northeast-1${zone}`,
      cidr_block,
      map_public_ip_on_launch: false,
      tags: { Name: `dev-${kind}-${zone}`, ...(tag === undefined ? {} : { [`kubernetes.io/role/${tag}`]: "1" }) },
    });
    expect(shown).toHaveLength(6);
    expect(shown).toEqual(
      expect.arrayContaining([
        subnet("public", "a", "10.1.0.0/21", "elb"),
        subnet("public", "c", "10.1.16.0/21", "elb"),
        subnet("internal", "a", "10.1.64.0/21", "internal-elb"),
        subnet("internal", "c", "10.1.80.0/21", "internal-elb"),
        subnet("private", "a", "10.1.128.0/20"),
        subnet("private", "c", "10.1.160.0/20"),
      ]),
    );
  });

  it("gives the subnets of internal load balancers no way out", () => {
    const stack = networkStack();
    const associations = stack.resources("aws_route_table_association");
    const tables = associations
      .filter(({ subnet_id }) => String(subnet_id).includes("internal_subnet"))
      .map(({ route_table_id }) => route_table_id);
    expect(tables).toHaveLength(2);
    for (const route of stack.resources("aws_route")) expect(tables).not.toContain(route["route_table_id"]);
  });

  it("leads each private subnet out through its own zone", () => {
    const stack = networkStack();
    expect(stack.resources("aws_nat_gateway")).toHaveLength(2);
    expect(wayOut(stack, "a")).toBe("ap-northeast-1a");
    expect(wayOut(stack, "c")).toBe("ap-northeast-1c");
  });

  it("leads all private subnets out through one gateway where the settings ask for it", () => {
    const stack = networkStack({ nat: { kind: "single", zone: "c" } });
    expect(stack.resource("aws_nat_gateway")).toMatchObject({
      depends_on: [expect.stringMatching(/^aws_route\.public/)],
    });
    expect(wayOut(stack, "a")).toBe("ap-northeast-1c");
    expect(wayOut(stack, "c")).toBe("ap-northeast-1c");
  });

  it("never leads a private subnet to the internet gateway", () => {
    const routes = networkStack().resources("aws_route");
    const tables = routes.filter((route) => route["gateway_id"] !== undefined).map((route) => route["route_table_id"]);
    expect(tables).toEqual([expect.stringMatching(/^\$\{aws_route_table\.public_/)]);
  });

  it("leaves all of a zone as it is when another comes, whatever the order they are named in", () => {
    const zones = fc.shuffledSubarray([...ZONES], { minLength: 3 });
    fc.assert(
      fc.property(zones, (more) => {
        const few = networkStack({ zones: more.slice(1) });
        const many = networkStack({ zones: more });
        for (const type of [
          "aws_subnet",
          "aws_route_table",
          "aws_route_table_association",
          "aws_route",
          "aws_nat_gateway",
          "aws_eip",
        ]) {
          expect(named(many, type)).toMatchObject(named(few, type));
        }
      }),
      { numRuns: 5 },
    );
  });

  it("publishes where everything else is placed", () => {
    const ids = (kind: string) => ["a", "c"].map((zone) => expect.stringContaining(`${kind}_subnet-${zone}`) as string);
    const { network_v1: before, network_v2: now } = networkStack({ zones: ["c", "a"] }).outputs;
    const place = {
      vpcId: expect.stringContaining("aws_vpc.vpc"),
      vpcCidr: expect.stringMatching(/aws_vpc\.vpc.*cidr_block/),
      publicSubnetIds: ids("public"),
      publicSubnetCidrs: ids("public"),
      privateSubnetIds: ids("private"),
    };
    const [a, c] = ids("private");
    expect(now).toEqual({
      ...place,
      privateSubnetIdsByZone: { a, c },
      internalSubnetIds: ids("internal"),
      internalSubnetCidrs: ids("internal"),
    });
    expect(before).toEqual({ ...place, privateSubnetCidrs: [...ids("internal"), ...ids("private")] });
  });
});

describe("endpoints", () => {
  const stack = (interfaceEndpoints: NonNullable<NetworkInput["interfaceEndpoints"]>) =>
    networkStack({ interfaceEndpoints });

  it("leads every subnet that has a way out to S3 past the NAT gateways", () => {
    const endpoint = stack([]).resource("aws_vpc_endpoint");
    expect(endpoint).toMatchObject({
      service_name: "com.amazonaws.ap-northeast-1.s3",
      vpc_endpoint_type: "Gateway",
    });
    const tables = Object.keys(named(stack([]), "aws_route_table")).filter((name) => !name.startsWith("internal"));
    expect(endpoint["route_table_ids"]).toHaveLength(tables.length);
  });

  it("makes no security group while there is nothing to guard", () => {
    expect(stack([]).resourceTypes).not.toContain("aws_security_group");
  });

  it("puts the services that the settings name into the private subnets, under their usual names", () => {
    const [, ecr, sts] = stack(["ecr.api", "sts"]).resources("aws_vpc_endpoint").toSorted(byType);
    for (const [endpoint, service] of [
      [ecr, "ecr.api"],
      [sts, "sts"],
    ] as const) {
      expect(endpoint).toMatchObject({
        service_name: `com.amazonaws.ap-northeast-1.${service}`,
        vpc_endpoint_type: "Interface",
        private_dns_enabled: true,
        subnet_ids: [expect.stringContaining("private_subnet-a"), expect.stringContaining("private_subnet-c")],
      });
    }
  });

  it("lets the VPC reach them over TLS and nobody else", () => {
    const made = stack(["sts"]);
    expect(made.resource("aws_security_group")).not.toHaveProperty("ingress");
    expect(made.resource("aws_vpc_security_group_ingress_rule")).toMatchObject({
      cidr_ipv4: expect.stringMatching(/aws_vpc\.vpc.*cidr_block/),
      from_port: 443,
      to_port: 443,
      ip_protocol: "tcp",
    });
  });
});

const byType = (one: Record<string, unknown>, other: Record<string, unknown>) =>
  String(one["vpc_endpoint_type"]).localeCompare(String(other["vpc_endpoint_type"]));
