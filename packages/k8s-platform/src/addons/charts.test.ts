import { chartFactsOf, factsAreThere, withFacts } from "@demarc/shared/testing";
import { addonsOn } from "./registry";

(factsAreThere ? describe : describe.skip)(withFacts("the facts about the charts"), () => {
  it.each(addonsOn("managed-nodes").map((addon) => ({ addon, name: addon.name })))(
    "have $name in this version, from this repository, with this image",
    ({ addon }) => {
      const chart = chartFactsOf(addon.chart.name);
      expect(addon.chart).toMatchObject({ version: chart?.version, repository: chart?.repository });
      expect(addon.image).toBe(chart?.values["image.repository"]?.default);
    },
  );
});
