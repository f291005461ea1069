import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { awsCli, placeAwsCli } from "./aws-cli";
import { layoutOf } from "./layout";
import { temporaryFolder } from "./testing/temporary-folder";
import { cleanVariables } from "./variables";

/** A Python in a folder with a quote in its name, that prints what it is asked. */
function pythonSaying(word: string): string {
  const folder = path.join(temporaryFolder("aws"), "ada's");
  mkdirSync(folder);
  const python = path.join(folder, "python");
  writeFileSync(python, `#!/bin/sh\necho ${word} "$@"\n`, { mode: 0o755 });
  return python;
}

it("is the aws that programs of the sandbox find, whichever the machine has", () => {
  const layout = layoutOf(temporaryFolder("aws"));
  placeAwsCli(pythonSaying("first"), layout);
  placeAwsCli(pythonSaying("second"), layout);

  const variables = cleanVariables(layout, { PATH: "/usr/bin:/bin" });
  const said = execFileSync("/usr/bin/env", ["aws", "eks", "get-token", "two words"], { env: variables }).toString();
  expect(said).toMatch(/^second -I -c .*; sys\.exit\(main\(\)\) eks get-token two words\n$/);
  expect(awsCli(layout)).toMatch(/\.sandbox\/bin\/aws$/);
});
