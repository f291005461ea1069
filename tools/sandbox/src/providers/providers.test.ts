import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Layout, layoutOf } from "../layout";
import { packageIn, pluginDirectories } from "./directories";
import { download } from "./download";
import { makeMirror, planMirror, type Sources } from "./mirror";
import { addressOf, nameOf, type Provider, providersOf } from "./pins";
import { placeStandIn, standInFor } from "./stand-ins";

const platform = "linux_amd64";
const made: string[] = [];
const scratch = () => {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-providers-"));
  made.push(folder);
  return folder;
};
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

const [aws, kubernetes, helm] = providersOf([
  { source: "aws", version: "5.100.0" },
  { source: "kubernetes", version: "2.38.0" },
  { source: "helm", version: "3.1.1" },
]);
if (aws === undefined || kubernetes === undefined || helm === undefined) throw new Error("no provider");

function emptyLayout(): Layout {
  const layout = layoutOf(scratch());
  mkdirSync(layout.home);
  return layout;
}

function unpacked(directory: string, version: string, os = platform, type = "aws"): string {
  const folder = path.join(directory, "registry.terraform.io/hashicorp", type, version, os);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `terraform-provider-${type}_v${version}_x5`), "");
  return directory;
}

it("fills short sources up as Terraform does, and counts each provider once", () => {
  const pins = [
    "aws",
    "hashicorp/aws",
    "registry.terraform.io/hashicorp/aws",
    "acme/cloud",
    "terraform.io/builtin/terraform",
  ];
  const providers = providersOf(pins.map((source) => ({ source, version: "1.0.0" })));
  expect(providers.map(nameOf)).toEqual(["hashicorp/aws 1.0.0", "acme/cloud 1.0.0"]);
});

describe("plugin directories", () => {
  it("are those where Terraform would look, and tf-plugins in the system's places", () => {
    const directories = pluginDirectories({ HOME: "/home/me", XDG_DATA_DIRS: "/usr/share:" });
    expect(directories).toEqual(
      expect.arrayContaining([
        "/home/me/.terraform.d/plugins",
        "/home/me/.local/share/terraform/plugins",
        "/usr/share/terraform/plugins",
        "/opt/tf-plugins",
      ]),
    );
  });

  it("are the named one alone where TF_PLUGIN_MIRROR names one", () => {
    expect(pluginDirectories({ HOME: "/home/me", TF_PLUGIN_MIRROR: "/mirror" })).toEqual(["/mirror"]);
  });

  it("are first those of the user's own Terraform configuration", () => {
    const file = path.join(scratch(), "terraformrc");
    writeFileSync(
      file,
      'provider_installation {\n  filesystem_mirror {\n    path    = "/company"\n  }\n  direct {}\n}\n',
    );
    expect(pluginDirectories({ HOME: "/home/me", TF_CLI_CONFIG_FILE: file })[0]).toBe("/company");
    expect(pluginDirectories({ HOME: "/home/me", TF_CLI_CONFIG_FILE: "/missing" })).not.toContain("/company");
  });
});

describe("a provider's package", () => {
  it("is found unpacked or packed", () => {
    const packed = scratch();
    mkdirSync(path.join(packed, "registry.terraform.io/hashicorp/aws"), { recursive: true });
    const zip = "registry.terraform.io/hashicorp/aws/terraform-provider-aws_5.100.0_linux_amd64.zip";
    writeFileSync(path.join(packed, zip), "");

    expect(packageIn(packed, aws, platform)?.place).toBe(zip);
    expect(packageIn(unpacked(scratch(), "5.100.0"), aws, platform)?.place).toBe(
      "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64",
    );
  });

  it("of another version or platform is not taken, nor an empty folder", () => {
    const empty = scratch();
    mkdirSync(path.join(empty, "registry.terraform.io/hashicorp/aws/5.100.0", platform), { recursive: true });

    expect(packageIn(unpacked(scratch(), "5.99.0"), aws, platform)).toBeUndefined();
    expect(packageIn(unpacked(scratch(), "5.100.0", "darwin_arm64"), aws, platform)).toBeUndefined();
    expect(packageIn(empty, aws, platform)).toBeUndefined();
  });
});

/** Variables of a machine whose terraform is that shell script. */
function machineWith(script: string): NodeJS.ProcessEnv {
  const folder = scratch();
  writeFileSync(path.join(folder, "terraform"), `#!/bin/sh\necho run >> ${folder}/runs\n${script}\n`);
  chmodSync(path.join(folder, "terraform"), 0o755);
  return { ...process.env, PATH: `${folder}:${process.env["PATH"] ?? ""}`, RUNS: path.join(folder, "runs") };
}

const NOWHERE = "echo '- Finding x versions...'\necho 'Error: Failed' >&2\necho 'no such host' >&2\nexit 1";

describe("the mirror", () => {
  const said: string[] = [];
  const options = (layout: Layout, inherited = {}, variables = process.env, asked?: Sources) => ({
    ...{ layout, inherited, variables, asked },
    say: (line: string) => void said.push(line),
  });
  const standInsOf = async (wanted: readonly Provider[], variables: NodeJS.ProcessEnv, asked?: Sources) => {
    const layout = emptyLayout();
    const plan = planMirror(wanted, layout, { TF_PLUGIN_MIRROR: "/missing" }, platform, asked);
    const standIns = await makeMirror(plan, options(layout, {}, variables, asked));
    return { standIns: standIns.map(addressOf), configuration: readFileSync(layout.terraformConfig, "utf8") };
  };
  beforeEach(() => {
    said.length = 0;
  });

  it("links what the machine has, and needs it to look no more", async () => {
    const layout = emptyLayout();
    const variables = { TF_PLUGIN_MIRROR: unpacked(scratch(), "5.100.0") };
    const plan = planMirror([aws], layout, variables, platform);
    await makeMirror(plan, options(layout, variables));
    const again = planMirror([aws], layout, { TF_PLUGIN_MIRROR: "/missing" }, platform);

    expect(plan.missing).toEqual([]);
    expect(again.missing).toEqual([]);
    expect(readFileSync(layout.terraformConfig, "utf8")).toContain('include = ["registry.terraform.io/hashicorp/aws"]');
  });

  it("tells where it looked when a provider is nowhere", async () => {
    const layout = emptyLayout();
    const variables = { TF_PLUGIN_MIRROR: "/missing/plugins" };
    const plan = planMirror([aws], layout, variables, platform);

    await expect(makeMirror(plan, options(layout, variables, machineWith(NOWHERE)))).rejects.toThrow(
      /hashicorp\/aws 5\.100\.0 is in no plugin directory \(looked into \/missing\/plugins\) and could not be downloaded: no such host Name/,
    );
  });

  it("downloads what the registry has, and says so once it begins", async () => {
    const place = "cache/registry.terraform.io/hashicorp/helm/3.1.1/linux_amd64";
    const layout = emptyLayout();
    const plan = planMirror([helm], layout, { TF_PLUGIN_MIRROR: "/missing" }, platform);
    const registry = machineWith(
      `echo '- Finding x'\necho '- Installing x'\nmkdir -p ${place}\necho > ${place}/terraform-provider-helm`,
    );
    expect(await makeMirror(plan, options(layout, {}, registry))).toEqual([]);
    expect(said).toEqual(["Downloading Terraform's provider hashicorp/helm 3.1.1, once …"]);
    expect(planMirror([helm], layout, { TF_PLUGIN_MIRROR: "/missing" }, platform).missing).toEqual([]);
  });

  it("has stand-ins where the registry does not answer, and asks it once", async () => {
    const machine = machineWith(NOWHERE);
    const { standIns, configuration } = await standInsOf([kubernetes, helm], machine);
    expect(standIns).toEqual(["demarc.local/sandbox/kubernetes", "demarc.local/sandbox/helm"]);
    expect(configuration).toContain('include = ["demarc.local/sandbox/kubernetes", "demarc.local/sandbox/helm"]');
    expect(readFileSync(machine["RUNS"] ?? "", "utf8")).toBe("run\n");
    expect(said).toEqual([]);
  });

  it("has no stand-in of AWS's provider", async () => {
    await expect(standInsOf([aws], machineWith(NOWHERE), "stand-in")).rejects.toThrow("hashicorp/aws 5.100.0 is in no");
  });

  it("has stand-ins where they are asked for, whatever the machine has", () => {
    const variables = { TF_PLUGIN_MIRROR: unpacked(scratch(), "3.1.1", platform, "helm") };
    const layout = emptyLayout();
    expect(planMirror([helm], layout, variables, platform)).toMatchObject({ standIns: [], found: [{}] });
    const { standIns, found } = planMirror([helm], layout, variables, platform, "stand-in");
    expect([standIns.map(addressOf), found]).toEqual([["demarc.local/sandbox/helm"], []]);
  });

  it("has none where the real ones are asked for, and tells the ways out", async () => {
    await expect(standInsOf([kubernetes, helm], machineWith(NOWHERE), "real")).rejects.toThrow(
      /hashicorp\/kubernetes 2\.38\.0 is in no plugin directory \(looked into .*Name the directory .* or take the sandbox's stand-in[^]*hashicorp\/helm 3\.1\.1 is in no/,
    );
  });

  it("has the stand-in that a stack names, without a look elsewhere", () => {
    const [named] = providersOf([{ source: "demarc.local/sandbox/helm", version: "3.1.1" }]);
    const plan = planMirror(named === undefined ? [] : [named], emptyLayout(), {}, platform, "real");
    expect(plan).toEqual({ found: [], missing: [], standIns: [named] });
  });
});

describe("a registry that is silent", () => {
  const downloadBy = (script: string, patience: number) => {
    const layout = emptyLayout();
    return download(helm, { layout, inherited: {}, variables: machineWith(script), patience, begun: () => undefined });
  };

  it("is waited for no longer than that, and leaves nothing behind", async () => {
    expect(await downloadBy("echo '- Finding x'\nexec sleep 60", 100)).toEqual({
      answered: false,
      reason: "there was no answer within 0.1 s.",
    });
  });

  it("is not one that lets a download take its time", async () => {
    const slow = "echo '- Finding x'\necho '- Installing x'\nsleep 0.5\necho 'cut off' >&2\nexit 1";
    expect(await downloadBy(slow, 100)).toEqual({ answered: true, reason: "cut off" });
  });
});

describe("a stand-in", () => {
  it("is put into the mirror, and in place of one that was built before", () => {
    const layout = emptyLayout();
    const [standIn] = [kubernetes].flatMap((provider) => standInFor(provider) ?? []);
    if (standIn === undefined) throw new Error("no stand-in");
    const place = path.join(
      layout.plugins,
      "demarc.local/sandbox/kubernetes/2.38.0/linux_amd64/terraform-provider-kubernetes_v2.38.0",
    );
    const built = realpathSync(scratch());
    for (const build of ["first", "second"]) {
      mkdirSync(path.join(built, build));
      writeFileSync(path.join(built, build, "terraform-provider-kubernetes"), "");
    }
    symlinkSync(built, path.join(layout.home, "shared"));
    for (const build of ["first", "second", "second"]) {
      const binary = (name: string) => path.join(layout.home, "shared", build, name);
      placeStandIn(standIn, { binary }, layout, platform);
      expect(readlinkSync(place)).toBe(path.join(built, build, "terraform-provider-kubernetes"));
      expect(readdirSync(path.dirname(place))).toEqual([path.basename(place)]);
    }
  });
});
