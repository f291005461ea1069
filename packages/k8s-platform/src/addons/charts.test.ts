import { addonsStack, devOn, releaseNamed, valuesOf } from "../testing/platform";
import { beforeChartsAreRead, knownChartOf } from "../charts/known";
import { valueProblems } from "../charts/values";
import { addons } from "./registry";

/** Images that stand in a chart's template, where its values name none: templates/_helpers.tpl of Traefik's. */
const IN_TEMPLATE: Readonly<Record<string, string>> = { traefik: "docker.io/traefik" };
/** With every add-on that there is on nodes of that kind. */
const everywhere = (kind: Parameters<typeof devOn>[0]) => {
  const environment = devOn(kind);
  return addonsStack(
    kind === "auto-mode" ? environment : { ...environment, exposures: [{ kind: "traefik", scheme: "internal" }] },
  );
};
const cases = addons.map((addon) => ({ addon, name: addon.name }));
const kinds = (["managed-nodes", "fargate", "auto-mode"] as const).flatMap((kind) =>
  addons.flatMap(({ name, chart, runsOn }) => (runsOn.includes(kind) ? [{ kind, name, chart }] : [])),
);

describe("the data about the charts", () => {
  it.each(cases)("has $name in this version, from this repository, with this image", ({ addon }) => {
    const known = knownChartOf(addon.chart);
    expect(known.repository).toBe(addon.chart.repository);
    expect(addon.image).toBe(known.values["image.repository"]?.default ?? IN_TEMPLATE[addon.name]);
  });

  it.each(kinds)("knows every value that $name is given on $kind", ({ kind, name, chart }) => {
    const given = valuesOf(releaseNamed(everywhere(kind), name));
    expect(given.flatMap((values) => valueProblems(values, knownChartOf(chart)))).toEqual([]);
  });

  // The sandbox's charts are held to these rights: other values, other rights.
  it.each(cases)("has the rights of $name by the values that it is given", ({ addon }) => {
    const { decidedBy, with: read } = knownChartOf(addon.chart).rbac;
    const [given] = valuesOf(releaseNamed(everywhere("managed-nodes"), addon.name)) as [Record<string, unknown>];
    expect(Object.fromEntries(Object.entries(given).filter(([key]) => decidedBy.includes(key)))).toEqual(read);
  });

  it("of another version is none", () => {
    const chart = { name: "metrics-server", version: "99.0.0" };
    expect(() => knownChartOf(chart)).toThrow(
      /^the chart metrics-server is pinned to 99\.0\.0, but only [\d.]+ is known: run `npm run upstream`$/,
    );
    expect(() => knownChartOf({ ...chart, name: "nginx" })).toThrow(/99\.0\.0, but nothing is known of it/);
  });

  it("need not be known while it is read", () => {
    const chart = { name: "nginx", version: "99.0.0" };
    expect(beforeChartsAreRead(() => valueProblems({ any: { value: 1 } }, knownChartOf(chart)))).toEqual([]);
    expect(() => knownChartOf(chart)).toThrow("nothing is known of it");
  });
});
