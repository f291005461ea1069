import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { initialized } from "./init";
import { terraform } from "./terraform";

const scratch = () => mkdtempSync(path.join(tmpdir(), "demarc-init-"));

let kept: string;
/** A provider in a cache or mirror. */
let cached: string;
let calls: string;
let variables: NodeJS.ProcessEnv;
beforeEach(() => {
  kept = path.join(scratch(), "inits");
  const bin = scratch();
  calls = path.join(bin, "calls");
  writeFileSync(calls, "");
  cached = path.join(scratch(), "provider");
  writeFileSync(cached, "");
  // As Terraform does: an init links a provider and writes a lock file; a plan wants both.
  const script = `#!/bin/sh
echo "$1" >> ${calls}
case "$1" in
  init) [ -e broken ] && { echo "Error: no such provider"; exit 1; }
    mkdir -p .terraform/providers; if [ -e copies ]; then cp ${cached} .terraform/providers/aws
    else ln -s ${cached} .terraform/providers/aws; fi; echo checksum > .terraform.lock.hcl ;;
  *) [ -e .terraform/providers/aws ] && [ -e .terraform.lock.hcl ] || { echo "Error: run: terraform init"; exit 1; }
    echo "No changes." ;;
esac`;
  writeFileSync(path.join(bin, "terraform"), script);
  chmodSync(path.join(bin, "terraform"), 0o755);
  variables = { PATH: `${bin}:/usr/bin:/bin`, TF_PLUGIN_CACHE_DIR: scratch() };
});

/** A new folder of a stack, as each synth makes one. */
function folder(key = "dev/network.tfstate"): string {
  const directory = scratch();
  writeFileSync(path.join(directory, "cdk.tf.json"), JSON.stringify({ terraform: { backend: { s3: { key } } } }));
  return directory;
}

const planned = (directory: string, options = { directory, variables }) =>
  initialized(options, kept, () => terraform(["plan"], options));
const called = () => readFileSync(calls, "utf8").trim().split("\n");

it("initializes a stack once, whatever folder a synth writes it to", async () => {
  await planned(folder());
  const second = folder();
  expect(await planned(second)).toMatchObject({ code: 0, text: "No changes.\n" });
  expect(called()).toEqual(["init", "plan", "plan"]);
  // It is part of a saved plan.
  expect(existsSync(path.join(second, ".terraform.lock.hcl"))).toBe(true);
});

it("initializes anew for another backend, and for other providers' places", async () => {
  await planned(folder());
  await planned(folder("dev/data.tfstate"));
  const directory = folder();
  await planned(directory, { directory, variables: { ...variables, TF_CLI_CONFIG_FILE: "/other" } });
  expect(called().filter((each) => each === "init")).toHaveLength(3);
});

it("initializes anew where Terraform says that what is kept does not fit any more", async () => {
  await planned(folder());
  for (const one of readdirSync(kept)) rmSync(path.join(kept, one, ".terraform"), { recursive: true });
  expect(await planned(folder())).toMatchObject({ code: 0 });
  expect(called()).toEqual(["init", "plan", "plan", "init", "plan"]);
});

it("keeps nothing of an init that failed, and says what it said", async () => {
  const directory = folder();
  writeFileSync(path.join(directory, "broken"), "");
  expect(await planned(directory)).toMatchObject({ code: 1, text: "Error: no such provider\n" });
  expect(called()).toEqual(["init"]);
  expect(existsSync(kept)).toBe(false);
});

it("lets two plans of one stack begin at once", async () => {
  const results = await Promise.all([planned(folder()), planned(folder()), planned(folder())]);
  expect(results.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(readdirSync(kept)).toHaveLength(1);
});

it("keeps no provider itself, which is large", async () => {
  const directory = folder();
  writeFileSync(path.join(directory, "copies"), "");
  expect(await planned(directory)).toMatchObject({ code: 0 });
  expect(existsSync(kept)).toBe(false);
});
