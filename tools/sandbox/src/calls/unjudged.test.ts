import { readFileSync } from "node:fs";
import path from "node:path";
import { UNJUDGED_WRITES } from "./unjudged";

const readme = readFileSync(path.resolve(__dirname, "../../../../README.md"), "utf8");

it("the README names each action of dev that is not judged", () => {
  const [, named = ""] = /not judged of what `dev` writes: ([^|]*?) *\|/.exec(readme) ?? [];
  expect(named).toBe(UNJUDGED_WRITES.length === 0 ? "nothing" : UNJUDGED_WRITES.join(", "));
});
