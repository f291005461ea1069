import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { TerraformStack } from "cdktf";
import { z } from "zod";
import { consume, defineContract, output, publish } from "../contract";
import { InvalidInput } from "../environment";
import { Objects } from "../kubernetes";
import { appWorkspace, infra, k8sPlatform } from "../workspace";
import { dev, withApps } from "../testing";
import {
  type Build,
  ENVIRONMENT_VARIABLE,
  KubernetesStack,
  settingsFor,
  synthesize,
  synthesizeInto,
  WorkspaceStack,
  writtenProblems,
} from ".";

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(path.join(tmpdir(), "demarc-test-"));
});
afterEach(() => {
  rmSync(outdir, { recursive: true });
});

const bad = withApps([{ name: "shop", team: "shop", hostnames: [] }], (app, environment) => {
  const workspace = appWorkspace("shop", { team: "shop" });
  new SqsQueue(new WorkspaceStack(app, { workspace, stack: "shop", environment }), "q", {});
});

describe("synthesizeInto", () => {
  it("writes no stack when any of them is not valid", () => {
    const build: Build = (app, environment) => {
      new WorkspaceStack(app, { workspace: infra, stack: "good", environment });
      bad(app, environment);
    };
    expect(() => synthesizeInto(build, [dev], { outdir })).toThrow(InvalidInput);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it.each([
    ["account", { account: "999999999999" }],
    ["region", { region: "eu-west-1" }],
    ["place of its states", { state: { kind: "local", directory: "/states" } }],
    ["nothing, but another endpoint", {}],
  ] as const)("lets Terraform begin anew in a folder that it knows with another %s", (_, others) => {
    const build: Build = (app, environment) => {
      new WorkspaceStack(app, { workspace: infra, stack: "network", environment });
    };
    const folder = path.join(outdir, `stacks/${dev.name}-network/.terraform`);
    synthesizeInto(build, [dev], { outdir });
    mkdirSync(path.join(folder, "providers"), { recursive: true });
    writeFileSync(path.join(folder, "terraform.tfstate"), JSON.stringify({ backend: { type: "s3" } }));

    synthesizeInto(build, [{ ...dev, ...others }], { outdir });
    expect(readdirSync(folder)).toEqual(["providers"]);
  });

  it("reports the settings of all environments at once", () => {
    const schema = z.strictObject({ zones: z.number("must be a number of zones") });
    const build: Build = (_, environment) => {
      // @ts-expect-error what a file of another team may hold
      settingsFor("infra", schema, { dev: { zones: "two" }, test: {} }, environment);
    };
    expect(() => synthesizeInto(build, [dev, { ...dev, name: "test" }], { outdir })).toThrow(
      [
        "src/settings/dev.ts of infra is not valid (1 problem):",
        '  zones: "two" must be a number of zones',
        "src/settings/test.ts of infra is not valid (1 problem):",
        "  zones: nothing is given: must be a number of zones",
      ].join("\n"),
    );
  });

  it("says which settings file is not there, and how it comes to be", () => {
    const build: Build = (_, environment) => {
      settingsFor("infra", z.strictObject({}), { dev: {} }, environment);
    };
    expect(() => synthesizeInto(build, [dev, { ...dev, name: "test" }], { outdir })).toThrow(
      /^src\/settings\/test\.ts of infra is not valid \(1 problem\):\n {2}nothing is given: .* copy .*npm run generate/,
    );
  });

  it("deploys a producer before its consumers, in whatever order they were made", () => {
    const contract = defineContract({
      name: "x",
      version: 1,
      workspace: "infra",
      stack: "data",
      scope: "environment",
      outputs: { value: output.string("anything") },
    });
    synthesizeInto(
      (app, environment) => {
        consume(new WorkspaceStack(app, { workspace: infra, stack: "early", environment }), contract);
        publish(new WorkspaceStack(app, { workspace: infra, stack: "data", environment }), contract, { value: "v" });
      },
      [dev],
      { outdir },
    );
    const manifest: unknown = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      stacks: { "dev-early": { dependencies: ["dev-data"] }, "dev-data": { dependencies: [] } },
    });
  });

  it("lets a bug through as it is", () => {
    const bug: Build = () => {
      throw new TypeError("a bug");
    };
    expect(() => synthesizeInto(bug, [dev], { outdir })).toThrow(TypeError);
  });
});

/** Folder of a project. */
function projectNamed(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-project-"));
  writeFileSync(path.join(folder, "package.json"), JSON.stringify({ nx: { name } }));
  return folder;
}

describe("what is written", () => {
  const refused = (build: Build) => {
    try {
      synthesizeInto(build, [dev], { outdir });
    } catch (error) {
      expect(readdirSync(outdir)).toEqual([]);
      return String(error);
    }
    return "let in";
  };

  it.each<[string, Build, string]>([
    [
      "a stack that is no workspace's",
      (app) => {
        new TerraformStack(app, "mine");
      },
      "mine: a stack that is no workspace's is not deployed",
    ],
    [
      "a stack inside of another",
      (app, environment) => {
        const stack = new WorkspaceStack(app, { workspace: infra, stack: "good", environment });
        new TerraformStack(stack, "mine");
      },
      "dev-good/mine: a stack that is no workspace's",
    ],
    [
      "a workspace that calls itself of another kind",
      (app, environment) => {
        const workspace = { ...appWorkspace("shop", { team: "shop" }), kind: "infra" as const };
        new WorkspaceStack(app, { workspace, stack: "shop", environment });
      },
      'dev-shop: its workspace "shop" is none',
    ],
    [
      "an app's stack of another app's name",
      (app, environment) => {
        const workspace = appWorkspace("shop", { team: "shop" });
        new KubernetesStack(app, { workspace, stack: "petstore", environment, cluster: "a" });
      },
      'dev-a-petstore: shop may not have the stack "petstore"',
    ],
    [
      "a stack that says it is another",
      (app, environment) => {
        const declaration = { workspace: infra, stack: "data", environment };
        Object.assign(new WorkspaceStack(app, { workspace: infra, stack: "good", environment }), { declaration });
      },
      "terraform.backend.s3.key is dev/infra/good.tfstate and must be dev/infra/data.tfstate",
    ],
  ])("%s: refused by synth", (_, build, sentence) => {
    expect(refused(build)).toContain(sentence);
  });

  it("HCL in place of JSON: refused by synth", () => {
    process.env["SYNTH_HCL_OUTPUT"] = "true";
    const said = refused((app, environment) => {
      new WorkspaceStack(app, { workspace: infra, stack: "good", environment });
    });
    delete process.env["SYNTH_HCL_OUTPUT"];
    expect(said).toMatch(/Terraform would read cdk\.tf too[^]*there is no cdk\.tf\.json/);
  });
});

describe("a stack's folder", () => {
  const props = { workspace: k8sPlatform, stack: "thing", environment: dev, cluster: "a" };
  const folderWith = (change: (folder: string) => void) => {
    const build: Build = (app) => {
      const object = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "x" } };
      const stack = new KubernetesStack(app, props);
      new Objects(stack, "objects", { name: "x", namespace: "pets", objects: [object] });
    };
    synthesizeInto(build, [dev], { outdir });
    const folder = path.join(outdir, "stacks/dev-a-thing");
    change(folder);
    return writtenProblems(folder, props, { providers: {} });
  };
  const chart = (folder: string, file: string) =>
    path.join(folder, "assets/objects-chart", String(readdirSync(path.join(folder, "assets/objects-chart"))), file);

  it("is as it was written", () => {
    expect(folderWith(() => undefined)).toEqual([]);
  });

  it.each<[string, (folder: string) => void, RegExp]>([
    [
      "another file of Terraform's",
      (folder) => writeFileSync(path.join(folder, "evil_override.tf"), ""),
      /would read evil_override\.tf too/,
    ],
    ...["x.tf.json", "x.tofu", "override.tofu.json", "terraform.tfvars", "x.auto.tfvars.json"].map(
      (name): [string, (folder: string) => void, RegExp] => [
        `another file of Terraform's or OpenTofu's, ${name},`,
        (folder) => writeFileSync(path.join(folder, name), "{}"),
        new RegExp(`would read ${name} too`),
      ],
    ),
    [
      "a name twice, deep inside",
      (folder) => {
        const file = path.join(folder, "cdk.tf.json");
        writeFileSync(file, readFileSync(file, "utf8").replace('"chart":', '"chart": "evil", "chart":'));
      },
      /has a name twice/,
    ],
    [
      "a file more in the objects chart",
      (folder) => writeFileSync(chart(folder, "templates/more.yaml"), "kind: ClusterRole"),
      /is not the objects chart/,
    ],
    [
      "a section twice, of which JSON's reader sees the last",
      (folder) => {
        const file = path.join(folder, "cdk.tf.json");
        writeFileSync(file, readFileSync(file, "utf8").replace("{", '{"resource": {"aws_iam_user": {"x": {}}},'));
      },
      /has a name twice/,
    ],
    ...["__proto__", "constructor"].flatMap((odd): [string, (folder: string) => void, RegExp][] => {
      const write = (blocks: string) => (folder: string) => {
        const file = path.join(folder, "cdk.tf.json");
        writeFileSync(file, readFileSync(file, "utf8").replace('"resource": {', `"resource": {${blocks},`));
      };
      return [
        [
          `a resource of the name ${odd}`,
          write(`"aws_iam_user":{"${odd}":{"name":"x"}}`),
          /may not create aws_iam_user/,
        ],
        [`a type of the name ${odd}`, write(`"${odd}":{"x":{"name":"x"}}`), new RegExp(`may not create ${odd}`)],
        [
          `an argument of the name ${odd}`,
          write(`"kubernetes_x":{"x":{"${odd}":{}}}`),
          new RegExp(`the name "${odd}"`),
        ],
      ];
    }),
    [
      "another chart under the objects chart's name",
      (folder) => writeFileSync(chart(folder, "templates/objects.yaml"), "kind: ClusterRole"),
      /is not the objects chart/,
    ],
    [
      "a link in the objects chart",
      (folder) => symlinkSync("/etc/hostname", chart(folder, "templates/more.yaml")),
      /is not the objects chart/,
    ],
    [
      "a resource that was written in later",
      (folder) => {
        const file = path.join(folder, "cdk.tf.json");
        writeFileSync(file, readFileSync(file, "utf8").replace("helm_release", "aws_iam_user"));
      },
      /may not create aws_iam_user/,
    ],
  ])("%s: refused by the check of what was written", (_, change, sentence) => {
    expect(folderWith(change).join("\n")).toMatch(sentence);
  });
});

describe("synthesize", () => {
  const good: Build = (app, environment) => {
    new WorkspaceStack(app, { workspace: infra, stack: "good", environment });
  };
  const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
  beforeEach(() => {
    printed.mockClear();
    process.env["CDKTF_OUTDIR"] = outdir;
  });
  afterEach(() => {
    delete process.env[ENVIRONMENT_VARIABLE];
    delete process.env["CDKTF_OUTDIR"];
    process.exitCode = undefined;
  });

  it("writes every environment's stacks, or those of the one that is asked for", () => {
    synthesize(good, projectNamed("infra"));
    expect(readdirSync(path.join(outdir, "stacks"))).toContain("dev-good");
    process.env[ENVIRONMENT_VARIABLE] = "dev";
    synthesize(good, projectNamed("infra"));
    expect(process.exitCode).toBeUndefined();
  });

  it("names the known environments when asked for another, exits with 1 and writes nothing", () => {
    process.env[ENVIRONMENT_VARIABLE] = "staging";
    synthesize(good, projectNamed("infra"));
    expect(printed).toHaveBeenCalledWith(
      expect.stringMatching(/environment "staging" is not valid.*known are: .*dev/s),
    );
    expect(process.exitCode).toBe(1);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it("prints what is wrong and exits with 1", () => {
    synthesize(bad, projectNamed("shop"));
    expect(printed).toHaveBeenCalledWith(expect.stringContaining("shop may not create aws_sqs_queue"));
    expect(process.exitCode).toBe(1);
  });

  it("prints what runs otherwise than asked as warnings, and goes on", () => {
    const onFargate: Build = (app) => {
      if (app.node.tryFindChild("dev-a-addons") !== undefined) return;
      const environment = { ...dev, clusters: { a: { version: "1.35", compute: { kind: "fargate" as const } } } };
      const stack = new KubernetesStack(app, { workspace: k8sPlatform, stack: "addons", environment, cluster: "a" });
      const job = {
        apiVersion: "batch/v1",
        kind: "Job",
        metadata: { name: "once" },
        spec: { template: { spec: { containers: [{ name: "once" }] } } },
      };
      new Objects(stack, "objects", { name: "objects", namespace: "kube-system", objects: [job] });
    };
    synthesize(onFargate, projectNamed("k8s-platform"));
    expect(printed).toHaveBeenCalledWith(
      expect.stringMatching(/^warning: dev-a-addons: Job once: .* say ttlSecondsAfterFinished/),
    );
    expect(process.exitCode).toBeUndefined();
    expect(readdirSync(path.join(outdir, "stacks"))).toEqual(["dev-a-addons"]);
  });

  it("does not hide a bug", () => {
    expect(() => {
      synthesize(() => {
        throw new TypeError("a bug");
      }, projectNamed("infra"));
    }).toThrow(TypeError);
  });

  it("lets a project make its own stacks only", () => {
    synthesize(good, projectNamed("petstore"));
    expect(printed).toHaveBeenCalledWith(
      expect.stringContaining('dev-good: it is of workspace "infra", and the project is "petstore"'),
    );
    expect(process.exitCode).toBe(1);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it("is at home in a project's folder only", () => {
    synthesize(good, outdir);
    expect(printed).toHaveBeenCalledWith(
      expect.stringMatching(/package\.json.*synthesize in the folder of the project/s),
    );
    expect(process.exitCode).toBe(1);
  });
});
