import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { z } from "zod";
import { consume, defineContract, output, publish } from "../contract";
import { environmentNamed, InvalidInput } from "../environment";
import { appWorkspace, infra } from "../ownership";
import { withApps } from "../testing";
import { type Build, ENVIRONMENT_VARIABLE, settingsFor, synthesize, synthesizeInto, WorkspaceStack } from ".";

const dev = environmentNamed("dev");
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
    expect(readdirSync(path.join(outdir, "stacks"))).toEqual([]);
  });

  it("reports the settings of all environments at once", () => {
    const schema = z.strictObject({ zones: z.number("must be a number of zones") });
    const build: Build = (_, environment) => {
      // @ts-expect-error what a file of another team may hold
      settingsFor("infra", schema, { dev: { zones: "two" }, test: {} }, environment);
    };
    expect(() => synthesizeInto(build, [dev, { ...dev, name: "test" }], { outdir })).toThrow(
      [
        'settings of infra for "dev" is not valid (1 problem):',
        '  zones: "two" must be a number of zones',
        'settings of infra for "test" is not valid (1 problem):',
        "  zones: nothing is given: must be a number of zones",
      ].join("\n"),
    );
  });

  it("deploys a producer before its consumers, in whatever order they were made", () => {
    const contract = defineContract({
      name: "x",
      version: 1,
      workspace: "infra",
      stack: "late",
      scope: "environment",
      outputs: { value: output.string("anything") },
    });
    synthesizeInto(
      (app, environment) => {
        consume(new WorkspaceStack(app, { workspace: infra, stack: "early", environment }), contract);
        publish(new WorkspaceStack(app, { workspace: infra, stack: "late", environment }), contract, { value: "v" });
      },
      [dev],
      { outdir },
    );
    const manifest: unknown = JSON.parse(readFileSync(path.join(outdir, "manifest.json"), "utf8"));
    expect(manifest).toMatchObject({
      stacks: { "dev-early": { dependencies: ["dev-late"] }, "dev-late": { dependencies: [] } },
    });
  });

  it("lets a bug through as it is", () => {
    const bug: Build = () => {
      throw new TypeError("a bug");
    };
    expect(() => synthesizeInto(bug, [dev], { outdir })).toThrow(TypeError);
  });
});

describe("synthesize", () => {
  const good: Build = (app, environment) => {
    new WorkspaceStack(app, { workspace: infra, stack: "good", environment });
  };
  const printed = jest.spyOn(console, "error").mockImplementation(() => undefined);
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
    synthesize(good);
    expect(readdirSync(path.join(outdir, "stacks"))).toContain("dev-good");
    process.env[ENVIRONMENT_VARIABLE] = "dev";
    synthesize(good);
    expect(process.exitCode).toBeUndefined();
  });

  it("names the known environments when asked for another, exits with 1 and writes nothing", () => {
    process.env[ENVIRONMENT_VARIABLE] = "staging";
    synthesize(good);
    expect(printed).toHaveBeenCalledWith(
      expect.stringMatching(/environment "staging" is not valid.*known are: .*dev/s),
    );
    expect(process.exitCode).toBe(1);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it("prints what is wrong and exits with 1", () => {
    synthesize(bad);
    expect(printed).toHaveBeenCalledWith(expect.stringContaining("shop may not create aws_sqs_queue"));
    expect(process.exitCode).toBe(1);
  });

  it("does not hide a bug", () => {
    expect(() => {
      synthesize(() => {
        throw new TypeError("a bug");
      });
    }).toThrow(TypeError);
  });
});
