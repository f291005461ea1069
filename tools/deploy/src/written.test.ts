import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev } from "@demarc/shared/testing";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import type { Project } from "./projects";
import { outputOf } from "./testing/repository";
import { synthesizedStacks } from "./stacks";
import { takeWritten } from "./written";

function projectOf(kind: Project["kind"], name: string = kind): Project {
  return { name, kind, directory: "/nowhere", app: "true", context: {} };
}

const registered = {
  target: { providers: {} },
  environments: [dev],
  apps: [{ name: "petstore", team: "pets", hostnames: [] }],
};

function newFolder(): string {
  return path.join(mkdtempSync(path.join(tmpdir(), "demarc-checked-")), "checked");
}

/** What is taken of k8s-platform's output, and said of it, where its code has changed it after its synth. */
function takenAfter(change: (outdir: string) => void, project = projectOf("k8s-platform")) {
  const outdir = outputOf([{ workspace: k8sPlatform, stack: "addons", cluster: "a" }]);
  change(outdir);
  const checked = newFolder();
  return { outdir, checked, said: takeWritten({ project, outdir, checked, ...registered }).join("\n") };
}

const problemsAfter = (...args: Parameters<typeof takenAfter>) => takenAfter(...args).said;

/** Changes the text of a file of the output. */
const rewrite = (file: string, from: string | RegExp, to: string) => (outdir: string) => {
  const place = path.join(outdir, file);
  const text = readFileSync(place, "utf8");
  expect(text).toMatch(from);
  writeFileSync(place, text.replace(from, to));
};

const STACK = "stacks/dev-a-addons";

/** What a manifest says of a stack in a folder that has it. */
const evil = (name: string) => ({ name, synthesizedStackPath: `${STACK}/cdk.tf.json`, workingDirectory: STACK });

/** Has the output hold a stack under another id. */
const renamed = (id: string) => (outdir: string) => {
  rewrite("manifest.json", /dev-a-addons/g, id)(outdir);
  renameSync(path.join(outdir, STACK), path.join(outdir, "stacks", id));
};

it("is made anew: nothing that Terraform kept of another account, region or bucket is initialized against", () => {
  const outdir = outputOf([{ workspace: infra, stack: "network" }]);
  const checked = newFolder();
  const taken = () => takeWritten({ project: projectOf("infra"), outdir, checked, ...registered });
  taken();
  mkdirSync(path.join(checked, "stacks/dev-network/.terraform"));
  expect(taken()).toEqual([]);
  expect(readdirSync(path.join(checked, "stacks/dev-network"))).toEqual(["cdk.tf.json"]);
});

it("lets through what synths write, of an environment, a cluster and an account", () => {
  const network = outputOf([
    { workspace: infra, stack: "network" },
    { workspace: infra, stack: "cluster", cluster: "a" },
    { workspace: infra, stack: "account", scope: "account" },
  ]);
  expect(takeWritten({ project: projectOf("infra"), outdir: network, checked: newFolder(), ...registered })).toEqual(
    [],
  );
  expect(problemsAfter(() => undefined)).toBe("");
});

it.each<[string, (outdir: string) => void, RegExp]>([
  [
    "a resource that is written after the synth",
    rewrite(`${STACK}/cdk.tf.json`, /\}\s*$/, ',"resource":{"aws_iam_user":{"x":{}}}}'),
    /may not create aws_iam_user/,
  ],
  [
    "a backend that is changed after the synth",
    rewrite(`${STACK}/cdk.tf.json`, "dev/a/k8s-platform/addons.tfstate", "dev/infra/network.tfstate"),
    /terraform\.backend\.s3\.key is dev\/infra\/network\.tfstate/,
  ],
  [
    "a file for Terraform beside the stack's",
    (outdir) => writeFileSync(path.join(outdir, STACK, "more.tf"), ""),
    /Terraform would read more\.tf too/,
  ],
  [
    "a link in the place of the stack's file",
    (outdir) => {
      renameSync(path.join(outdir, STACK, "cdk.tf.json"), path.join(outdir, "later.json"));
      symlinkSync("../../later.json", path.join(outdir, STACK, "cdk.tf.json"));
    },
    /cdk\.tf\.json is a link or missing/,
  ],
  [
    "a link in the place of the stack's folder",
    (outdir) => {
      renameSync(path.join(outdir, STACK), path.join(outdir, "later"));
      symlinkSync("../later", path.join(outdir, STACK));
    },
    /its folder is a link or missing/,
  ],
  [
    "a link among the stack's assets",
    (outdir) => {
      mkdirSync(path.join(outdir, STACK, "assets/objects-chart"), { recursive: true });
      symlinkSync("/", path.join(outdir, STACK, "assets/objects-chart/chart"));
    },
    /assets\/objects-chart\/chart is a link or missing/,
  ],
  [
    "an asset that is not the objects chart",
    (outdir) => mkdirSync(path.join(outdir, STACK, "assets/mine"), { recursive: true }),
    /assets\/mine is none that is checked/,
  ],
  [
    "a stack called __proto__",
    rewrite("manifest.json", /"stacks": \{/, `"stacks": { "__proto__": ${JSON.stringify(evil("evil"))},`),
    /__proto__: k8s-platform has no such stack/,
  ],
  [
    "another stack's name for a stack",
    rewrite("manifest.json", '"name": "dev-a-addons"', '"name": "dev-network"'),
    /manifest\.json calls it dev-network/,
  ],
  [
    "an order after a stack that nobody has checked",
    rewrite("manifest.json", /"dependencies": \[/, '"dependencies": ["dev-evil"'),
    /comes after dev-evil, which is no stack of it/,
  ],
  [
    "a folder that only the manifest leads to",
    (outdir) => {
      cpSync(path.join(outdir, STACK), path.join(outdir, "elsewhere"), { recursive: true });
      rewrite("manifest.json", /"workingDirectory": "[^"]+"/, '"workingDirectory": "elsewhere"')(outdir);
    },
    /manifest\.json says that it lies in elsewhere/,
  ],
  [
    "a folder above the output",
    (outdir) => {
      const id = "dev-a-../../evil";
      mkdirSync(path.join(outdir, "stacks", id), { recursive: true });
      rewrite("manifest.json", /dev-a-addons/g, id)(outdir);
    },
    /k8s-platform has no such stack/,
  ],
  ["the account's stack, of another workspace", renamed("account-123456789012-ap-northeast-1"), /has no such stack/],
  ["a stack of no environment", renamed("addons"), /has no such stack/],
  [
    "a stack of a cluster that the environment lacks",
    renamed("dev-z-addons"),
    /key is .* and must be dev\/k8s-platform\//,
  ],
  ["a stack of an environment that is not deployed", renamed("prod-a-addons"), /has no such stack/],
  [
    "another stack's content under a stack's name",
    renamed("dev-a-tenancy"),
    /key is dev\/a\/k8s-platform\/addons\.tfstate and must be dev\/a\/k8s-platform\/tenancy\.tfstate/,
  ],
])("%s is refused by the deploy's check of what was written", (_, change, sentence) => {
  expect(problemsAfter(change)).toMatch(sentence);
});

it.each<[string, Project, RegExp]>([
  ["a stack of the platform's, of an app", projectOf("apps", "petstore"), /petstore may not have the stack "addons"/],
  ["the tags of another team, of an app", projectOf("apps", "petstore"), /tags\.team is platform and must be pets/],
  ["an app that nobody has registered", projectOf("apps", "newcomer"), /newcomer is not registered/],
])("%s is refused by the deploy's check of what was written", (_, project, sentence) => {
  expect(problemsAfter(() => undefined, project)).toMatch(sentence);
});

it.each<[string, string, string]>([
  ["a backend that is left in Terraform's own folder", ".terraform/terraform.tfstate", "{}"],
  ["a workspace that is left in Terraform's own folder", ".terraform/environment", "other"],
  ["a provider that is left in Terraform's own folder", ".terraform/providers/registry.terraform.io/x", ""],
  ["a lock file that fits a provider of the team's", ".terraform.lock.hcl", ""],
  ["a state that is left for another workspace", "terraform.tfstate.d/other/terraform.tfstate", "{}"],
])("%s is refused by the deploy's folder of its own", (_, file, content) => {
  const { outdir, checked, said } = takenAfter((outdir) => {
    mkdirSync(path.dirname(path.join(outdir, STACK, file)), { recursive: true });
    writeFileSync(path.join(outdir, STACK, file), content);
  });
  expect(said).toBe("");
  expect(existsSync(path.join(outdir, STACK, file))).toBe(true);
  expect(readdirSync(path.join(checked, STACK))).toEqual(["cdk.tf.json"]);
});

it("what a process writes after the check is refused by the deploy's folder of its own", () => {
  const { outdir, checked } = takenAfter(() => undefined);
  writeFileSync(path.join(outdir, STACK, "cdk.tf.json"), "{}");
  writeFileSync(path.join(outdir, "manifest.json"), '{"stacks":{}}');
  expect(synthesizedStacks(checked).map(({ id }) => id)).toEqual(["dev-a-addons"]);
  expect(readFileSync(path.join(checked, STACK, "cdk.tf.json"), "utf8")).toContain("terraform");
});

it("leaves nothing of an earlier run, and nothing that cdktf would read where something is wrong", () => {
  const { outdir, checked } = takenAfter(() => undefined);
  mkdirSync(path.join(checked, STACK, ".terraform"));
  const again = () => takeWritten({ project: projectOf("k8s-platform"), outdir, checked, ...registered });
  expect(again()).toEqual([]);
  expect(readdirSync(path.join(checked, STACK))).toEqual(["cdk.tf.json"]);
  writeFileSync(path.join(outdir, STACK, "more.tf"), "");
  expect(again()).toHaveLength(1);
  expect(readdirSync(checked)).toEqual(["stacks"]);
});
