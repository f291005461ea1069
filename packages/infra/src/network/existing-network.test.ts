import { existingNetwork as existing, existingNetworkStack } from "../testing/network";

const { a, c } = existing.subnets;

/** Reference of Terraform to an attribute of the subnet of a kind and zone. */
const of = (attribute: string) => (kind: string, zone: string) =>
  expect.stringMatching(
    new RegExp(`^\\$\\{data\\.aws_subnet\\.existing_${kind}_subnet-${zone}_\\w+\\.${attribute}\\}$`),
  ) as string;
const id = of("id");
const cidr = of("cidr_block");

const each = (attribute: typeof id, kind: string) => [attribute(kind, "a"), attribute(kind, "c")];

describe("a network that is there", () => {
  it("has nothing made in it", () => {
    expect(existingNetworkStack().resourceTypes).toEqual([]);
  });

  it("is looked up by the ids that the settings name", () => {
    const { aws_vpc: vpcs, aws_subnet: subnets } = existingNetworkStack().json["data"] as Record<string, object>;
    expect(Object.values(vpcs ?? {})).toEqual([expect.objectContaining({ id: existing.vpcId })]);
    const ids = Object.values(subnets ?? {}).map(({ id }: { id: string }) => id);
    const named = [a, c].flatMap((zone) => Object.values(zone ?? {}).map((subnet) => subnet?.id));
    expect(ids.toSorted()).toEqual(named.toSorted());
  });

  it("is published as a made one is", () => {
    const place = {
      vpcId: expect.stringMatching(/data\.aws_vpc\.existing_vpc_\w+\.id/),
      vpcCidr: existing.cidr,
      publicSubnetIds: each(id, "public"),
      publicSubnetCidrs: each(cidr, "public"),
      privateSubnetIds: each(id, "private"),
    };
    const { network_v1: before, network_v2: now } = existingNetworkStack().outputs;
    expect(now).toEqual({
      ...place,
      privateSubnetIdsByZone: { a: id("private", "a"), c: id("private", "c") },
      internalSubnetIds: each(id, "internal"),
      internalSubnetCidrs: each(cidr, "internal"),
    });
    expect(before).toEqual({ ...place, privateSubnetCidrs: [...each(cidr, "internal"), ...each(cidr, "private")] });
  });
});
