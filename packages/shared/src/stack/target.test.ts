import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { dev, synthesized } from "../testing";
import { infra, k8sPlatform } from "../workspace";
import { type Build, KubernetesStack, synthesize, type Target, WorkspaceStack } from ".";
import { targetIn } from "./target";

const helm = { source: "demarc.local/sandbox/helm", version: "3.1.1" };
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "demarc-test-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** Variables of a sandbox whose target file has that content. */
function sandboxWith(content: unknown): Record<string, string> {
  const file = path.join(folder, "target.json");
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return { DEMARC_SANDBOX: "1", DEMARC_TARGET: file };
}

describe("the target", () => {
  it("is real AWS unless one is named", () => {
    expect(targetIn({})).toEqual({ providers: {} });
    expect(targetIn({ DEMARC_TARGET: "" })).toEqual({ providers: {} });
    expect(targetIn({ DEMARC_SANDBOX: "1" })).toEqual({ providers: {} });
  });

  it("is what the sandbox's file says", () => {
    const target = { providers: { helm }, charts: "http://127.0.0.1:4000/charts" };
    expect(targetIn(sandboxWith(target))).toEqual(target);
  });

  it("is refused outside the sandbox, with the way out", () => {
    const { DEMARC_TARGET } = sandboxWith({});
    for (const DEMARC_SANDBOX of [undefined, "", "0", "true"]) {
      expect(() => targetIn({ DEMARC_TARGET, DEMARC_SANDBOX })).toThrow(
        /^DEMARC_TARGET is not valid \(1 problem\):\n {2}".*target\.json" is a sandbox's target.*unset DEMARC_TARGET/,
      );
    }
  });

  it("is refused where its file is missing or no JSON", () => {
    const missing = { DEMARC_SANDBOX: "1", DEMARC_TARGET: path.join(folder, "missing.json") };
    expect(() => targetIn(missing)).toThrow(/missing\.json" cannot be read \(.*ENOENT.*npm run sandbox/);
    expect(() => targetIn(sandboxWith("{"))).toThrow(/target\.json" cannot be read \(.*JSON/);
  });

  it("is refused with everything that is wrong with it", () => {
    const wrong = {
      providers: { helm: { source: "sandbox/helm", version: "~> 3.1" }, aws: helm },
      charts: "https://charts.example.com",
    };
    expect(() => targetIn(sandboxWith(wrong))).toThrow(
      /4 problems[^]*providers\.helm\.source: "sandbox\/helm" must be an address[^]*providers\.helm\.version: "~> 3\.1" must be one version[^]*"aws" is not known here[^]*charts: "https:\/\/charts\.example\.com" must be a chart repository on this machine/,
    );
  });
});

describe("a stack", () => {
  const build: Build = (app, environment) => {
    new KubernetesStack(app, { workspace: k8sPlatform, stack: "thing", environment, cluster: "a" });
    new WorkspaceStack(app, { workspace: infra, stack: "network", environment });
  };
  const stacks = (target?: Target) => synthesized(build, dev, target);

  it("takes a provider of the target by the name that its resources know it by, and the others as it pins them", () => {
    const providers = (target?: Target) => stacks(target)["dev-a-thing"]?.json["terraform"];
    const pinned = {
      aws: { source: "aws", version: "5.100.0" },
      kubernetes: { source: "kubernetes", version: "2.38.0" },
      helm: { source: "helm", version: "3.1.1" },
    };
    expect(providers()).toMatchObject({ required_providers: pinned });
    expect(providers({ providers: { helm } })).toMatchObject({ required_providers: { ...pinned, helm } });
  });

  it("that has no such provider is the same for every target", () => {
    expect(stacks({ providers: { helm } })["dev-network"]?.json).toEqual(stacks()["dev-network"]?.json);
  });

  it("is the same when it is tested in a sandbox's shell", () => {
    Object.assign(process.env, sandboxWith({ providers: { helm } }));
    try {
      expect(stacks()["dev-a-thing"]?.json["terraform"]).toMatchObject({
        required_providers: { helm: { source: "helm" } },
      });
    } finally {
      delete process.env["DEMARC_SANDBOX"];
      delete process.env["DEMARC_TARGET"];
    }
  });

  it("is not written where the target is refused: exit code 1", () => {
    const printed = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const outdir = path.join(folder, "out");
    process.env["CDKTF_OUTDIR"] = outdir;
    process.env["DEMARC_TARGET"] = sandboxWith({})["DEMARC_TARGET"];
    try {
      synthesize(build);
      expect(process.exitCode).toBe(1);
      expect(printed).toHaveBeenCalledTimes(1);
      expect(printed).toHaveBeenCalledWith(expect.stringContaining("unset DEMARC_TARGET"));
      expect(readdirSync(folder)).not.toContain("out");
    } finally {
      delete process.env["CDKTF_OUTDIR"];
      delete process.env["DEMARC_TARGET"];
      process.exitCode = undefined;
      printed.mockRestore();
    }
  });
});
