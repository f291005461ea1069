import { configurationsIn } from "./configurations.mjs";

const LINES = {
  "synth infra --configuration=prdo": ["prdo"],
  "synth infra --configuration prdo": ["prdo"],
  "deploy infra -c prdo -- --auto-approve": ["prdo"],
  "run-many -t diff -c=prdo": ["prdo"],
  "destroy infra -c": [""],
  "synth infra --prod": ["production"],
  "run infra:synth:prdo": ["prdo"],
  "infra:synth:prdo": ["prdo"],
  "synth infra": [],
  "run infra:synth": [],
  "test infra -- -c vitest.config.mjs": [],
};

it.each(Object.entries(LINES))("finds the configurations in every form in which nx takes them: %s", (line, found) => {
  expect(configurationsIn(line.split(" "))).toEqual(found);
});
