import { idleLists, laidOver } from "./laid-over";

describe("values that are laid over others", () => {
  const own = {
    replicas: 2,
    args: ["--a", "--b"],
    env: [
      { name: "REGION", value: "one" },
      { name: "ZONE", value: "a" },
    ],
    image: { tag: "1", pullPolicy: "Always" },
  };

  it.each([
    [{ replicas: 1 }, { replicas: 1 }],
    [{ image: { tag: "2" } }, { image: { tag: "2", pullPolicy: "Always" } }],
    [{ image: null }, { image: null }],
    [{ other: { a: [] } }, { other: { a: [] } }],
    [{ args: ["--c"] }, { args: ["--a", "--b", "--c"] }],
    [{ args: ["--b", "--c"] }, { args: ["--a", "--b", "--c"] }],
    [{ args: null }, { args: null }],
    [
      { env: [{ name: "ZONE", value: "b" }] },
      {
        env: [
          { name: "REGION", value: "one" },
          { name: "ZONE", value: "b" },
        ],
      },
    ],
    [{ toString: "x" }, { toString: "x" }],
  ])("%j changes what it names, and adds to a list", (over, changed) => {
    expect(laidOver(own, over)).toEqual({ ...own, ...changed });
  });

  it("leave those as they were", () => {
    const before = structuredClone(own);
    laidOver(own, { image: { tag: "2" }, args: ["--c"] });
    expect(own).toEqual(before);
  });

  it.each([{ args: [] }, { args: ["--a"] }, { image: { lists: [] }, env: [own.env[0] ?? {}] }])(
    "%j has a list that adds nothing",
    (over) => {
      expect(idleLists({ ...own, image: { ...own.image, lists: ["x"] } }, over, "overrides.one")).toContainEqual({
        path: expect.stringMatching(/^overrides\.one\.(args|env|image\.lists)$/),
        message:
          "adds nothing to the platform's own list, and a list is never replaced; change the add-on's file instead",
      });
    },
  );

  it.each([{ args: ["--c"] }, { others: [] }, { args: null }, { replicas: 2 }])("%j has none", (over) => {
    expect(idleLists(own, over, "overrides.one")).toEqual([]);
  });
});
