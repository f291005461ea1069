import { type Environment, parse } from "@demarc/shared/environment";
import { devOn } from "../../../testing/cluster";
import { problemsOf } from "../../../testing/problems";
import { computeOf } from "../kinds";
import { selectsNamespace } from "./selectors";
import { fargateSettings } from "./settings";

const all = { selectors: [{ namespace: "*" }] };
const problems = (profiles: object) => problemsOf(fargateSettings, { kind: "fargate", profiles });

describe("the settings of Fargate", () => {
  it.each([
    ["a profile that selects nothing", { pods: { selectors: [] } }, /pods\.selectors: \[\] must have a selector/],
    [
      "a sixth selector",
      { pods: { selectors: ["a", "b", "c", "d", "e", "f"].map((namespace) => ({ namespace })) } },
      /pods\.selectors: .* has more than the 5 selectors/,
    ],
    [
      "a namespace that is none",
      { pods: { selectors: [{ namespace: "Team_1" }] } },
      /must be a namespace, or a pattern/,
    ],
    ["a name that EKS keeps", { "eks-pods": all }, /must not begin with eks-/],
    ["a zone twice", { pods: { ...all, zones: ["a", "a"] } }, /zones: .* names a zone twice/],
    [
      "an eleventh profile",
      Object.fromEntries("abcdefghijk".split("").map((name) => [name, all])),
      /profiles: .* must be at most 10/,
    ],
    [
      "more than ten, each zone counted",
      Object.fromEntries(
        "abcd".split("").map((name) => [name, { ...all, zones: ["a", "b", "c"], subnets: "one-per-zone" }]),
      ),
      /profiles: .* make 12, one for each zone counted, and must be at most 10/,
    ],
    ["a profile for each of no zones", { pods: { ...all, subnets: "one-per-zone" } }, /profiles: .* name the zones/],
    [
      "two of one name",
      { pods: { ...all, zones: ["a"], subnets: "one-per-zone" }, "pods-a": all },
      /profiles: .* pods-a would be the name of two/,
    ],
  ])("refuse %s", (_what, profiles, message) => {
    expect(problems(profiles)).toEqual([expect.stringMatching(message)]);
  });

  it("take patterns in namespaces and labels", () => {
    expect(problems({ pods: { selectors: [{ namespace: "team-?*", labels: { tier: "web*" } }] } })).toEqual([]);
  });
});

describe("a namespace", () => {
  const selected = (selectors: object[], namespace: string) =>
    selectsNamespace(
      parse("settings", fargateSettings, { kind: "fargate", profiles: { pods: { selectors } } }),
      namespace,
    );

  it("is selected whole by its name or a pattern of it, and by no selector with labels", () => {
    expect(selected([{ namespace: "pets" }], "pets")).toBe(true);
    expect(selected([{ namespace: "pet" }], "pets")).toBe(false);
    expect(selected([{ namespace: "p?t*" }], "pets")).toBe(true);
    expect(selected([{ namespace: "p?t" }], "pets")).toBe(false);
    expect(selected([{ namespace: "pets", labels: { tier: "web" } }], "pets")).toBe(false);
  });

  it("of a team, and kube-system, must be: a pod that no profile selects waits for ever", () => {
    const routed: Environment = {
      ...devOn("fargate"),
      exposures: [{ kind: "traefik", scheme: "internet-facing" }],
    };
    const of = (namespaces: string[], environment = devOn("fargate")) => {
      const pods = { selectors: namespaces.map((namespace) => ({ namespace })) };
      const settings = parse("settings", fargateSettings, { kind: "fargate", profiles: { pods } });
      return computeOf(settings).problems(environment, "1.35");
    };
    const named = ["kube-*", "infra", "platform", "pets", "shop"];
    expect(of(["*"], routed)).toEqual([]);
    expect(of(named)).toEqual([]);
    expect(of(named, routed)).toEqual([
      { path: "profiles", message: expect.stringContaining("each team's namespace, and traefik is left") },
    ]);
    const apart = { pods: { ...all, zones: ["a"], subnets: "one-per-zone" } };
    const settings = parse("settings", fargateSettings, { kind: "fargate", profiles: apart });
    expect(computeOf(settings).problems(devOn("fargate"), "1.35")).toHaveLength(1);
    expect(of(["infra", "platform", "pets"])).toEqual([
      {
        path: "profiles",
        message: expect.stringContaining("of each team's namespace, and kube-system, shop are left"),
      },
    ]);
  });
});
