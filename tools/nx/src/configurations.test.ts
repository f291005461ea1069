import { execFileSync } from "node:child_process";
import path from "node:path";

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
  "test infra -- -c jest.config.mjs": [],
};

it("finds the configurations in every form in which nx takes them", () => {
  const file = path.join(__dirname, "configurations.mjs");
  // Jest itself takes no module of this kind.
  const program = `import { configurationsIn } from "${file}";
    const found = Object.keys(${JSON.stringify(LINES)}).map((line) => [line, configurationsIn(line.split(" "))]);
    console.log(JSON.stringify(Object.fromEntries(found)));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" });
  expect(JSON.parse(printed)).toEqual(LINES);
});
