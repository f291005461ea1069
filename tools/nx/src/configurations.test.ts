import { configurationsIn } from "./configurations.mjs";

it.each([
  ["synth infra --configuration=prdo", ["prdo"]],
  ["synth infra --configuration prdo", ["prdo"]],
  ["deploy infra -c prdo -- --auto-approve", ["prdo"]],
  ["run-many -t diff -c=prdo", ["prdo"]],
  ["destroy infra -c", [""]],
  ["synth infra --prod", ["production"]],
  ["run infra:synth:prdo", ["prdo"]],
  ["infra:synth:prdo", ["prdo"]],
  ["synth infra", []],
  ["run infra:synth", []],
  ["test infra -- -c jest.config.mjs", []],
])("nx %s asks for %j", (line, configurations) => {
  expect(configurationsIn(line.split(" "))).toEqual(configurations);
});
