import { cpSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { environmentNamed } from "@demarc/shared/environment";
import { infra, k8sPlatform } from "@demarc/shared/workspace";
import type { Project } from "./projects";
import { outputOf } from "./testing/repository";
import { problemsOfWritten } from "./written";

const dev = environmentNamed("dev");

function projectOf(kind: Project["kind"], name: string = kind): Project {
  return { name, kind, directory: "/nowhere", app: "true", context: {} };
}

/** What is said of k8s-platform's output where its code has changed it after its synth. */
function problemsAfter(change: (outdir: string) => void, project = projectOf("k8s-platform")): string {
  const outdir = outputOf([{ workspace: k8sPlatform, stack: "addons", cluster: "a" }]);
  change(outdir);
  return problemsOfWritten(outdir, project, { providers: {} }, [dev]).join("\n");
}

/** Changes the text of a file of the output. */
const rewrite = (file: string, from: string | RegExp, to: string) => (outdir: string) => {
  const place = path.join(outdir, file);
  const text = readFileSync(place, "utf8");
  expect(text).toMatch(from);
  writeFileSync(place, text.replace(from, to));
};

const STACK = "stacks/dev-a-addons";

/** Has the output hold a stack under another id. */
const renamed = (id: string) => (outdir: string) => {
  rewrite("manifest.json", /dev-a-addons/g, id)(outdir);
  renameSync(path.join(outdir, STACK), path.join(outdir, "stacks", id));
};

it("lets through what synths write, of an environment, a cluster and an account", () => {
  const network = outputOf([
    { workspace: infra, stack: "network" },
    { workspace: infra, stack: "cluster", cluster: "a" },
    { workspace: infra, stack: "account", scope: "account" },
  ]);
  expect(problemsOfWritten(network, projectOf("infra"), { providers: {} })).toEqual([]);
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
