import { ownersOf, tableOf } from "../testing/owners";
import { autoSplit, classicSplit } from "../testing/splits";
import { compare } from "./compare";
import { ownershipReport } from "./report";

describe("without Auto Mode (S1.1)", () => {
  const table = tableOf(classicSplit());

  it.each([
    ["VPC", "classic-network"],
    ["Cluster", "classic-a-cluster"],
    ["Load balancer controller", "classic-a-addons"],
    ["Load balancer", "classic-edge"],
    ["Target group", "classic-edge"],
    ["VPC link", "classic-edge"],
  ])("%s is infra's", (title, stack) => {
    expect(ownersOf(table, title)).toEqual({ infra: [stack] });
  });

  it.each([["TargetGroupBinding"], ["Workload"], ["Service"], ["REST API"]])("%s is the Kubernetes team's", (title) => {
    expect(ownersOf(table, title)).toEqual({ kubernetes: ["classic-a-petstore"] });
  });

  it("the controller registers pods in infra's target group for the Kubernetes team's binding", () => {
    expect(ownersOf(table, "Registration of targets")).toEqual({
      kubernetes: ["AWS Load Balancer Controller, for TargetGroupBinding of classic-a-petstore"],
    });
  });
});

describe("with Auto Mode (S1.2)", () => {
  const table = tableOf(autoSplit());

  it.each([
    ["VPC", "auto-network"],
    ["Cluster", "auto-a-cluster"],
  ])("%s is infra's", (title, stack) => {
    expect(ownersOf(table, title)).toEqual({ infra: [stack] });
  });

  it.each([["Load balancer"], ["Target group"], ["Registration of targets"]])(
    "%s is the Kubernetes team's, through its Service",
    (title) => {
      expect(ownersOf(table, title)).toEqual({ kubernetes: ["EKS Auto Mode, for Service of auto-a-petstore"] });
    },
  );

  it.each([["Workload"], ["Service"], ["REST API"], ["VPC link"]])("%s is the Kubernetes team's", (title) => {
    expect(ownersOf(table, title)).toEqual({ kubernetes: ["auto-a-petstore"] });
  });

  it.each([["Load balancer controller"], ["VPC CNI"], ["CoreDNS"], ["EBS CSI driver"]])(
    "nobody installs %s: it is built in",
    (title) => {
      expect(ownersOf(table, title)).toEqual({ infra: ["built in: EKS Auto Mode of auto-a-cluster"] });
    },
  );

  it("has no TargetGroupBinding", () => {
    expect(ownersOf(table, "TargetGroupBinding")).toBeUndefined();
  });
});

describe("from one to the other", () => {
  const { rows } = compare(tableOf(classicSplit()), tableOf(autoSplit()));
  const changeOf = (title: string) => rows.find((row) => row.title === title)?.change;

  it.each([
    ["VPC", "stays"],
    ["Cluster", "stays"],
    ["Workload", "stays"],
    ["Load balancer", "changes hands"],
    ["Target group", "changes hands"],
    ["Registration of targets", "is made otherwise"],
    ["Load balancer controller", "becomes built in"],
    ["VPC CNI", "becomes built in"],
    ["TargetGroupBinding", "goes"],
    ["Node group", "goes"],
    ["REST API", "stays"],
    ["VPC link", "changes hands"],
    ["Namespace", "comes"],
  ])("%s %s", (title, change) => {
    expect(changeOf(title)).toBe(change);
  });

  it("of what infra had, the load balancing alone goes to the Kubernetes team (S1.1, S1.2)", () => {
    const given = rows.filter(
      ({ change, before, after }) => change === "changes hands" && before.has("infra") && after.has("kubernetes"),
    );
    expect(given.map(({ title }) => title)).toEqual(["Load balancer", "Listener", "Target group", "VPC link"]);
  });

  it("and back, what went comes, and what was built in is no longer", () => {
    const back = compare(tableOf(autoSplit()), tableOf(classicSplit())).rows;
    const changes = Object.fromEntries(back.map(({ title, change }) => [title, change]));
    expect(changes).toMatchObject({
      TargetGroupBinding: "comes",
      Namespace: "goes",
      "Load balancer": "changes hands",
      "Load balancer controller": "is no longer built in",
    });
  });

  it("an environment and its copy by another name differ in nothing", () => {
    const { rows: same } = compare(tableOf(classicSplit()), tableOf(classicSplit("copy")));
    expect(same.filter(({ change }) => change !== "stays")).toEqual([]);
  });

  it("is told as Markdown and as JSON", () => {
    const written = [...classicSplit(), ...autoSplit()];
    const markdown = ownershipReport(written, ["classic", "auto"], "markdown");
    expect(markdown).toContain(
      "| Load balancer | changes hands | **infra**: `classic-edge` | **kubernetes**: EKS Auto Mode, for Service of `auto-a-petstore` |",
    );
    expect(markdown).toMatch(/As before: VPC, Subnet, .*Workload/);
    expect(JSON.parse(ownershipReport(written, ["classic", "auto"], "json"))).toMatchObject({
      from: "classic",
      to: "auto",
      rows: expect.arrayContaining([
        {
          ...{ group: "Load balancing", thing: "Load balancer", change: "changes hands" },
          before: { infra: [{ by: "stack", stack: "classic-edge" }] },
          after: {
            kubernetes: [{ by: "controller", name: "EKS Auto Mode", for: "Service", stack: "auto-a-petstore" }],
          },
        },
      ]),
    });
  });
});
