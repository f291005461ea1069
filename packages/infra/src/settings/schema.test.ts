import { InvalidInput, parse } from "@demarc/shared/environment";
import { dev, invalidOnly } from "@demarc/shared/testing";
import { existingNetwork } from "../testing/network";
import { settingsOfNodes } from "../testing/cluster";
import { settings } from "../testing/settings";
import { infraSettingsOf, infraSettingsSchema } from "./schema";

describe("the settings of infra", () => {
  it("refuse a cluster whose Services would have addresses of the VPC", () => {
    const clusters = { a: { ...settings.clusters.a, serviceCidr: "10.1.128.0/20" } };
    expect(() => parse("settings", infraSettingsSchema, { ...settings, clusters })).toThrow(
      'clusters.a.serviceCidr: "10.1.128.0/20" overlaps the VPC, which is 10.1.0.0/16; take another range',
    );
  });

  it("refuse a VPC without room for the nodes and their pods", () => {
    const network = { ...settings.network, cidr: "10.1.0.0/22" };
    const nodeGroups = { general: { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 50 } } };
    const clusters = { a: settingsOfNodes({ nodeGroups }) };
    expect(() => parse("settings", infraSettingsSchema, { ...settings, network, clusters })).toThrow(
      /network\.cidr: "10\.1\.0\.0\/22" leaves \d+ addresses in its \d private subnets, and full node groups take 1500 \(a\.general 50 x 30\)/,
    );
  });

  it("hold clusters to the ranges and zones of a network that is there", () => {
    const nodeGroups = {
      general: {
        instanceTypes: ["m7i.large"],
        size: { min: 1, desired: 1, max: 400 },
        zones: ["a" as const, "d" as const],
      },
    };
    const clusters = { a: { ...settingsOfNodes({ nodeGroups }), serviceCidr: "10.20.0.0/20" } };
    const read = () => parse("settings", infraSettingsSchema, { ...settings, network: existingNetwork, clusters });
    expect(read).toThrow("overlaps the VPC, which is 10.20.0.0/16");
    expect(read).toThrow("must be zones of the network, which has a, c, and d is not");
    expect(read).toThrow(/network\.subnets: .* leaves 8150 addresses in its 2 private subnets/);
  });

  it("are held to what the environment is, with all else that is wrong", () => {
    const { a, c } = existingNetwork.subnets;
    const network = { ...existingNetwork, subnets: { a: { private: a?.private }, c: { private: c?.private } } };
    const dns = { zoneId: "example.com" };
    const read = () => parse("settings", infraSettingsOf(dev), { ...settings, network, dns });
    expect(read).toThrow("settings is not valid (2 problems)");
    expect(read).toThrow(/network\.subnets: .* has no \w+ subnets, and the environment's exposure is/);
  });

  it("have data where the environment has it, and nowhere else", () => {
    const { data: _, ...without } = settings;
    const read = (data: boolean, input: unknown) => () => parse("settings", infraSettingsOf({ ...dev, data }), input);
    expect(read(false, without)).not.toThrow();
    expect(read(true, without)).toThrow("data: nothing is given: the environment's apps share a database and a queue");
    expect(read(false, settings)).toThrow("is settings of a database and a queue, and the environment has none");
  });

  it("refuse settings of a load balancer that the environment does not ask infra for", () => {
    expect(() => parse("settings", infraSettingsOf(dev), { ...settings, edge: {} })).toThrow(
      "edge: {} is for the load balancer that infra owns, and the environment has no exposure target-group-binding",
    );
  });

  it("refuse settings of a web ACL that the environment does not ask for", () => {
    expect(() => parse("settings", infraSettingsOf(dev), { ...settings, webAcl: {} })).toThrow(
      "webAcl: {} is for the web ACL of what leads to apps, and no exposure of the environment has waf: true",
    );
  });

  it("refuse a node group in a zone where the network has no subnet", () => {
    const general = { instanceTypes: ["m7i.large"], size: { min: 1, desired: 1, max: 2 } };
    const of = (zones: ("a" | "c" | "d")[]) => ({
      ...settings,
      network: { ...settings.network, zones: ["a" as const, "c" as const] },
      clusters: { a: settingsOfNodes({ nodeGroups: { general: { ...general, zones } } }) },
    });
    expect(() => parse("settings", infraSettingsSchema, of(["a", "c"]))).not.toThrow();
    expect(() => parse("settings", infraSettingsSchema, of(["a", "d"]))).toThrow(
      'clusters.a.compute.nodeGroups.general.zones: ["a","d"] must be zones of the network, which has a, c, and d is not; add them there or take others',
    );
  });

  it("are told what is wrong in every domain at once", () => {
    const database = { ...settings.data.database, majorVersion: "17.4" };
    const clusters = { a: settingsOfNodes({ nodeGroups: {} }) };
    const read = () => parse("settings", infraSettingsSchema, { ...settings, data: { database }, clusters });
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(
      /data\.database\.majorVersion: "17\.4" .*\n.*clusters\.a\.compute\.nodeGroups: \{\} must have a group/,
    );
  });

  it("ask a rule between two of them only where both are right", () => {
    const network = { ...settings.network, cidr: "10.1.0.0/160" };
    const clusters = { a: { ...settings.clusters.a, serviceCidr: "172.20.0.0/16" } };
    expect(() => parse("settings", infraSettingsSchema, { ...settings, network, clusters })).toThrow(
      'settings is not valid (1 problem):\n  network.cidr: "10.1.0.0/160" must be an IPv4 range',
    );
  });

  it("are taken or refused with a sentence, whatever is mangled in them", () => {
    const clusters = {
      a: { ...settingsOfNodes({ addOnVersions: { coredns: "v1.2.3-eksbuild.1" } }), serviceCidr: "172.20.0.0/16" },
    };
    const read = (input: unknown) => parse("settings", infraSettingsSchema, input);
    expect(() => read({ ...settings, clusters })).not.toThrow();
    invalidOnly({ ...settings, clusters }, read);
  });
});
