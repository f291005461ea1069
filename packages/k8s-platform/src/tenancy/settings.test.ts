import { metricsServer } from "../addons/metrics-server";
import { settingsOf } from "../settings/resolve";
import { dev } from "../testing/platform";
import { devLimiting } from "@demarc/shared/testing";

describe("settings that do not fit the environment", () => {
  it("are refused, all at once", () => {
    const teams = { ...dev.teams, "kube-cats": { roles: ["team/cats"] }, default: { roles: ["team/default"] } };
    // No prototype's names are teams either.
    const tenancy = { teams: { dogs: {}, toString: {} } };
    expect(() => settingsOf({ dev: { tenancy } }, { ...dev, teams })).toThrow(
      /\(4 problems\):\n {2}tenancy\.teams\.dogs: there is no team "dogs".*\n {2}tenancy\.teams\.toString: there is no team.*\n {2}tenancy: team "kube-cats" cannot have a namespace.*\n {2}tenancy: team "default" cannot/,
    );
  });

  it("or have a team of an add-on's namespace, which would make both one", () => {
    const meshed = { ...metricsServer, name: "mesh", namespace: "mesh-system" };
    const teams = { ...dev.teams, "mesh-system": { roles: ["team/mesh"] } };
    expect(() => settingsOf({ dev: {} }, { ...dev, teams }, [meshed])).toThrow(
      /\(1 problem\):\n {2}tenancy: team "mesh-system" cannot have a namespace of its name, for add-on "mesh" has one; rename/,
    );
    expect(() => settingsOf({ dev: {} }, { ...dev, teams })).not.toThrow();
  });

  it.each([
    ["svc", "kubernetes.default.svc"],
    ["com", "sts.amazonaws.com"],
    ["internal", "ip-10-1-0-1.ec2.internal"],
    ["company", "petstore.example.company"],
  ])("or have a team %s: the cluster's DNS would look for %s in its namespace first", (team) => {
    const teams = { ...dev.teams, [team]: { roles: ["team/x"] } };
    const environment = { ...dev, domain: "example.company", teams };
    expect(() => settingsOf({ dev: {} }, environment)).toThrow(
      `tenancy: team "${team}" cannot have a namespace of its name, for host names end with it`,
    );
  });

  it("or give a container more than it may have, which Kubernetes would refuse", () => {
    const narrow = devLimiting("pets", { container: { memory: "128Mi" } });
    expect(() => settingsOf({ dev: {} }, narrow)).toThrow(
      /\(1 problem\):\n {2}tenancy\.teams\.pets\.containers: a container that names no memory .* more than the 128Mi/,
    );
  });

  it("or are no quantities, name the rule", () => {
    const tenancy = { teams: { pets: { containers: { limits: { memory: "16" } }, quota: { storage: "100GB" } } } };
    expect(() =>
      settingsOf({ dev: { tenancy: { teams: { pets: { quota: { objects: { nodes: 1 } } } } } } }, dev),
    ).toThrow(/quota\.objects: "nodes" is not known here/);
    const workloads = {
      registries: ["postgres"],
      teams: {
        pets: {
          mutableImages: [{ image: "docker.io/library/postgres", reason: "short" }],
          tolerations: [{ key: "*", effect: "Never" as "NoExecute" }],
          longestGraceSeconds: 901,
        },
      },
    };
    expect(() => settingsOf({ dev: { tenancy: workloads } }, dev)).toThrow(
      /\(6 problems\)[^]*registries\.0: "postgres" must be a registry[^]*image: .*with its registry and tag[^]*must say why[^]*key: .*of a taint[^]*NoExecute[^]*longestGraceSeconds: 901 must be 1 to 900/,
    );
    expect(() => settingsOf({ dev: { tenancy } }, dev)).toThrow(
      /storage: "100GB" must be an amount with its unit[^]*limits\.memory: "16" must be/,
    );
  });
});
