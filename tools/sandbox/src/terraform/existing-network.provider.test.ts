import { dnsStack } from "@demarc/infra/src/testing/dns";
import { existingNetwork, type ExistingNetworkInput, existingNetworkStack } from "@demarc/infra/src/testing/network";
import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { REGION } from "../eks-api/testing/landscape";
import { type LocalAws, startLocalAws } from "../eks-api/testing/local-aws";
import { FAILED, NO_CHANGES } from "../eks-api/testing/terraform";
import { describeWithTerraform } from "../eks-api/testing/with-terraform";

const ZONES = ["a", "c"] as const;
const KINDS = ["private", "internal", "public"] as const;

const parts = z.object({ data: z.unknown(), output: z.unknown(), resource: z.unknown().optional() });

/** A stack as far as it says what is there, is made and is published. Its state stands beside it. */
const partsOf = ({ json }: SynthesizedStack): object => parts.parse(json);

const theirSubnets = KINDS.flatMap((kind) =>
  ZONES.map((zone) => {
    const place = { vpc_id: "${aws_vpc.theirs.id}", availability_zone: `${REGION}${zone}` };
    const cidr_block = existingNetwork.subnets[zone]?.[kind]?.cidr;
    return [`${kind}-${zone}`, { ...place, cidr_block, map_public_ip_on_launch: kind === "public" }] as const;
  }),
);

/** What the company's network team has: the fixture's VPC and subnets, the zone of dev's domain, and another VPC. */
const theirs = {
  provider: { aws: { region: REGION } },
  resource: {
    aws_vpc: {
      theirs: { cidr_block: existingNetwork.cidr, enable_dns_hostnames: true },
      other: { cidr_block: "10.30.0.0/16" },
    },
    aws_subnet: Object.fromEntries(theirSubnets),
    aws_route53_zone: { theirs: { name: "dev.example.com" } },
  },
  output: {
    ...Object.fromEntries(theirSubnets.map(([name]) => [name, { value: `\${aws_subnet.${name}.id}` }])),
    vpc: { value: "${aws_vpc.theirs.id}" },
    otherVpc: { value: "${aws_vpc.other.id}" },
    zone: { value: "${aws_route53_zone.theirs.zone_id}" },
  },
};

/** A private zone of another domain, in a VPC. Answers its id. The local AWS makes one only where the request says that it is private. */
async function makePrivateZone(awsUrl: string, domain: string, vpcId: string): Promise<string> {
  const answer = await fetch(`${awsUrl}/2013-04-01/hostedzone`, {
    method: "POST",
    headers: {
      authorization:
        "AWS4-HMAC-SHA256 Credential=test/20000101/us-east-1/route53/aws4_request, SignedHeaders=host, Signature=none",
    },
    body: `<CreateHostedZoneRequest xmlns="https://route53.amazonaws.com/doc/2013-04-01/">
      <Name>${domain}</Name><CallerReference>private</CallerReference>
      <HostedZoneConfig><PrivateZone>true</PrivateZone></HostedZoneConfig>
      <VPC><VPCRegion>${REGION}</VPCRegion><VPCId>${vpcId}</VPCId></VPC>
    </CreateHostedZoneRequest>`,
  });
  const id = /hostedzone\/(\w+)/.exec(await answer.text())?.[1];
  if (id === undefined) throw new Error(`no zone was made: ${String(answer.status)}`);
  return id;
}

describeWithTerraform("a network and a zone that are there, through Terraform's AWS provider", (terraform) => {
  let aws: LocalAws;
  let endpoints: Record<string, string>;
  let ids: Readonly<Record<string, unknown>>;

  /** The fixture's settings with the ids of what is there. */
  function settings(): Required<ExistingNetworkInput> {
    const zone = (letter: (typeof ZONES)[number]) => {
      const subnet = (kind: (typeof KINDS)[number]) => ({
        id: String(ids[`${kind}-${letter}`]),
        cidr: String(existingNetwork.subnets[letter]?.[kind]?.cidr),
      });
      return { private: subnet("private"), internal: subnet("internal"), public: subnet("public") };
    };
    return { ...existingNetwork, vpcId: String(ids["vpc"]), subnets: { a: zone("a"), c: zone("c") } };
  }

  function write(network: ExistingNetworkInput, zone: unknown): void {
    terraform.write("network", partsOf(existingNetworkStack(network)));
    terraform.write("dns", partsOf(dnsStack({ zoneId: String(zone) })));
  }

  const there = async () => (await aws.inventory()).toSorted();

  beforeAll(async () => {
    aws = await startLocalAws();
    endpoints = { AWS_ENDPOINT_URL: aws.url };
    terraform.write("theirs", theirs);
    await terraform.apply(endpoints);
    ids = await terraform.outputs();
  });

  afterAll(() => aws.stop());

  vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

  // One life, told in order: each step needs what the one before made.
  it("are published, and nothing is made but the certificate and its proof", async () => {
    const before = await there();
    write(settings(), ids["zone"]);
    await terraform.apply(endpoints);
    expect(await terraform.plan(endpoints)).toMatchObject({ exitCode: NO_CHANGES });

    const { subnets } = settings();
    expect(await terraform.outputs()).toMatchObject({
      network_v2: {
        vpcId: ids["vpc"],
        vpcCidr: existingNetwork.cidr,
        publicSubnetIds: [subnets.a?.public?.id, subnets.c?.public?.id],
        internalSubnetCidrs: [subnets.a?.internal?.cidr, subnets.c?.internal?.cidr],
        privateSubnetIdsByZone: { a: subnets.a?.private.id, c: subnets.c?.private.id },
      },
      dns_v1: { zoneId: ids["zone"], zoneArn: expect.stringContaining(`hostedzone/${String(ids["zone"])}`) },
    });
    const made = (await there()).filter((line) => !before.includes(line));
    expect(made).toEqual([expect.stringMatching(/^acm certificate/), expect.stringMatching(/^route53 record/)]);
  });

  it("are held against what the settings say of them: every difference is told", async () => {
    const vpc = String(ids["otherVpc"]);
    const zone = await makePrivateZone(aws.url, "example.com", vpc);
    const { subnets, ...rest } = settings();
    const { a, c } = subnets;
    if (a?.public === undefined || c === undefined) throw new Error("the fixture has other zones");
    const swapped = {
      a: { ...a, public: { ...c.private, cidr: "10.20.64.0/20" } },
      c: { ...c, private: a.public },
    };
    write({ ...rest, vpcId: vpc, subnets: swapped }, zone);
    const { exitCode, said } = await terraform.plan(endpoints);
    expect(exitCode).toBe(FAILED);
    const errors = said.replaceAll(/[\s│]+/g, " ");

    const [inA, inC] = [
      `Subnet ${c.private.id} of network.subnets.a.public`,
      `Subnet ${a.public.id} of network.subnets.c.private`,
    ];
    const sentences = [
      `VPC ${vpc} has 10.30.0.0/16, and network.cidr of infra's settings is 10.20.0.0/16.`,
      `VPC ${vpc} gives no names`,
      `${inA} has the vpc_id ${String(ids["vpc"])}, and infra's settings say ${vpc}. Name a subnet of that VPC.`,
      `${inA} has the availability_zone ${REGION}c, and infra's settings say ${REGION}a. Name it under its own zone.`,
      `${inA} has the cidr_block 10.20.16.0/20, and infra's settings say 10.20.64.0/20. Name the range that the subnet has.`,
      `${inC} gives every node an address on the internet.`,
      `Hosted zone ${zone} of dns.zoneId is of example.com, and the environment's domain is dev.example.com.`,
      `Hosted zone ${zone} of dns.zoneId is private`,
    ];
    expect(sentences.filter((sentence) => !errors.includes(sentence))).toEqual([]);
  });

  it("stay when infra's stacks go", async () => {
    terraform.write("network", {});
    terraform.write("dns", {});
    await terraform.apply(endpoints);
    const left = await there();
    expect(left.filter((line) => /^(acm|route53 record)/.test(line))).toEqual([]);
    expect(left.filter((line) => /^(ec2 subnet|ec2 vpc|route53 hosted)/.test(line))).toHaveLength(10);
  });
});
