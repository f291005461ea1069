import { asked } from "./command";

it("takes plans, and the stack of one that is called otherwise", () => {
  expect(asked(["dev-data.json", "dev-dns.json"])).toEqual({
    files: ["dev-data.json", "dev-dns.json"],
    stack: undefined,
  });
  expect(asked(["plan.json", "--stack", "dev-data"])).toEqual({ files: ["plan.json"], stack: "dev-data" });
});

it.each([
  [[], "missing required argument 'plan.json'"],
  [["a.json", "b.json", "--stack", "dev-data"], "--stack is for one plan"],
])("refuses %j, and says why", (args, text) => {
  expect(() => asked(args)).toThrow(text);
});
