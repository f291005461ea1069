import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { layoutOf } from "../layout";
import { packageIn, pluginDirectories } from "./directories";
import { makeMirror, planMirror } from "./mirror";
import { nameOf, providersOf } from "./pins";

const platform = "linux_amd64";
const scratch = () => mkdtempSync(path.join(tmpdir(), "demarc-providers-"));
const [aws] = providersOf([{ source: "aws", version: "5.100.0" }]);
if (aws === undefined) throw new Error("no provider");

function unpacked(directory: string, version: string, os = platform): string {
  const folder = path.join(directory, "registry.terraform.io/hashicorp/aws", version, os);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `terraform-provider-aws_v${version}_x5`), "");
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

describe("the mirror", () => {
  it("links what the machine has, and needs it to look no more", async () => {
    const layout = layoutOf(scratch());
    const variables = { TF_PLUGIN_MIRROR: unpacked(scratch(), "5.100.0") };
    const plan = planMirror([aws], layout, variables, platform);
    await makeMirror(plan, layout, variables, process.env);
    const again = planMirror([aws], layout, { TF_PLUGIN_MIRROR: "/missing" }, platform);

    expect(plan.missing).toEqual([]);
    expect(again.missing).toEqual([]);
    expect(readFileSync(layout.terraformConfig, "utf8")).toContain('include = ["registry.terraform.io/hashicorp/aws"]');
  });

  it("tells where it looked when a provider is nowhere", async () => {
    const layout = layoutOf(scratch());
    mkdirSync(layout.home);
    const [unknown] = providersOf([{ source: "localhost:1/acme/nothing", version: "1.0.0" }]);
    if (unknown === undefined) throw new Error("no provider");
    const variables = { TF_PLUGIN_MIRROR: "/missing/plugins" };
    const plan = planMirror([unknown], layout, variables, platform);

    await expect(makeMirror(plan, layout, variables, { ...process.env, CHECKPOINT_DISABLE: "1" })).rejects.toThrow(
      /acme\/nothing 1\.0\.0 is in no plugin directory \(looked into \/missing\/plugins\) and could not be downloaded: .*localhost:1/,
    );
  });
});
