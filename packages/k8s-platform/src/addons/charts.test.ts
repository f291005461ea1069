import type { ComputeKind } from "@demarc/shared/environment";
import { addonsStack, devOn, releaseNamed, valuesOf } from "../testing/platform";
import { fact, factsAreThere, withFacts } from "../testing/facts";
import { addonsOn } from "./registry";

interface ChartFacts {
  readonly version: string;
  readonly repository: string;
  readonly values: Readonly<Record<string, { readonly default: unknown }>>;
}

const kinds: readonly ComputeKind[] = ["managed-nodes", "fargate", "auto-mode"];

/** Paths of the leaves of a chart's values. */
function leaves(value: unknown, path = ""): string[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path === "" ? key : `${path}.${key}`));
}

/** A chart knows a path that it lists, or that lies in something it renders whole. */
function knows(chart: ChartFacts, path: string): boolean {
  const keys = path.split(".");
  return keys.some((_, at) => keys.slice(0, at + 1).join(".") in chart.values);
}

(factsAreThere ? describe : describe.skip)(withFacts("the facts about the charts"), () => {
  const cases = kinds.flatMap((kind) => addonsOn(kind).map((addon) => ({ kind, addon, name: addon.name })));

  it.each(cases)("know every value of $name on $kind", ({ kind, addon }) => {
    const chart = fact(`charts/${addon.chart.name}.json`) as ChartFacts;
    const [values] = valuesOf(releaseNamed(addonsStack(devOn(kind)), addon.name));
    expect(leaves(values).filter((path) => !knows(chart, path))).toEqual([]);
  });

  it.each(addonsOn("managed-nodes").map((addon) => ({ addon, name: addon.name })))(
    "have $name in this version, from this repository, with this image",
    ({ addon }) => {
      const chart = fact(`charts/${addon.chart.name}.json`) as ChartFacts;
      expect(addon.chart).toMatchObject({ version: chart.version, repository: chart.repository });
      expect(addon.image).toBe(chart.values["image.repository"]?.default);
    },
  );
});
