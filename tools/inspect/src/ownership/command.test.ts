import { asked } from "./command";

const told = (...args: string[]) => asked(args, ["dev", "prod"]);

it("takes an environment, another one to compare it with, and a format", () => {
  expect(told("dev")).toEqual({ environment: "dev", compare: undefined, format: "markdown" });
  expect(told("dev", "--compare", "prod", "--format", "json")).toEqual({
    ...{ environment: "dev", compare: "prod", format: "json" },
  });
});

it.each([
  [[], "missing required argument 'environment'"],
  [["dev", "--format", "yaml"], "Allowed choices are markdown, json"],
  [["dev", "prod"], "too many arguments"],
])("refuses %j, and says why", (args, text) => {
  expect(() => told(...args)).toThrow(text);
});
