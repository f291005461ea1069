import { InvalidInput, parse } from "@demarc/shared/environment";
import { invalidOnly } from "@demarc/shared/testing";
import dev from "./dev";
import { infraSettingsSchema } from "./schema";

describe("the settings of infra", () => {
  it("refuse a cluster whose Services would have addresses of the VPC", () => {
    const clusters = { a: { ...dev.clusters.a, serviceCidr: "10.1.128.0/20" } };
    expect(() => parse("settings", infraSettingsSchema, { ...dev, clusters })).toThrow(
      'clusters.a.serviceCidr: "10.1.128.0/20" overlaps the VPC, which is 10.1.0.0/16; take another range',
    );
  });

  it("are told what is wrong in every domain at once", () => {
    const database = { ...dev.data.database, majorVersion: "17.4" };
    const clusters = { a: { ...dev.clusters.a, nodeGroups: {} } };
    const read = () => parse("settings", infraSettingsSchema, { ...dev, data: { database }, clusters });
    expect(read).toThrow(InvalidInput);
    expect(read).toThrow(/data\.database\.majorVersion: "17\.4" .*\n.*clusters\.a\.nodeGroups: \{\} must have a group/);
  });

  it("ask a rule between two of them only where both are right", () => {
    const network = { ...dev.network, cidr: "10.1.0.0/160" };
    const clusters = { a: { ...dev.clusters.a, serviceCidr: "172.20.0.0/16" } };
    expect(() => parse("settings", infraSettingsSchema, { ...dev, network, clusters })).toThrow(
      'settings is not valid (1 problem):\n  network.cidr: "10.1.0.0/160" must be an IPv4 range',
    );
  });

  it("are taken or refused with a sentence, whatever is mangled in them", () => {
    const clusters = {
      a: { ...dev.clusters.a, serviceCidr: "172.20.0.0/16", addOnVersions: { coredns: "v1.2.3-eksbuild.1" } },
    };
    const read = (settings: unknown) => parse("settings", infraSettingsSchema, settings);
    expect(() => read({ ...dev, clusters })).not.toThrow();
    invalidOnly({ ...dev, clusters }, read);
  });
});
