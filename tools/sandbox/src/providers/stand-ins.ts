import { lstatSync, mkdirSync, readlinkSync, realpathSync, renameSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import type { Go } from "../go/go";
import { MODULES } from "../go/modules";
import { type GoProgram, goProgram } from "../go/program";
import type { Layout } from "../layout";
import { addressOf, type Provider } from "./pins";

/** Where the sandbox's own providers are at home: a host that no registry has. */
const HOME = { host: "demarc.local", namespace: "sandbox" } as const;

/** Addresses of the providers that the sandbox has a stand-in for. AWS's is always the real one. */
const STOOD_IN_FOR = ["registry.terraform.io/hashicorp/kubernetes", "registry.terraform.io/hashicorp/helm"];

/** The stand-in of a provider, where there is one: of the same version. */
export function standInFor(provider: Provider): Provider | undefined {
  return STOOD_IN_FOR.includes(addressOf(provider)) ? { ...provider, ...HOME } : undefined;
}

export function isStandIn({ host, namespace }: Provider): boolean {
  return host === HOME.host && namespace === HOME.namespace;
}

/** The program of all stand-ins, which are built from one Go module. */
export function standInProgram(layout: Layout, go: Go): GoProgram {
  const types = STOOD_IN_FOR.map((address) => path.basename(address));
  return goProgram(
    {
      name: "providers",
      folder: path.join(MODULES, "providers"),
      packages: Object.fromEntries(types.map((type) => [binaryOf(type), `./cmd/${binaryOf(type)}`])),
      usually: "2 minutes",
    },
    layout,
    go,
  );
}

/** Puts a stand-in that is built into the mirror, in place of one that was built from other sources. */
export function placeStandIn(
  { type, version, ...others }: Provider,
  program: Pick<GoProgram, "binary">,
  layout: Pick<Layout, "plugins">,
  platform: string,
): void {
  const folder = path.join(layout.plugins, addressOf({ type, version, ...others }), version, platform);
  const place = path.join(folder, `${binaryOf(type)}_v${version}`);
  // The mirror and the programs may be shared with another sandbox, by links that go with it.
  const binary = realpathSync(program.binary(binaryOf(type)));
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true && readlinkSync(place) === binary) return;
  mkdirSync(folder, { recursive: true });
  // In one step: a Terraform that runs beside it finds the one or the other.
  const aside = `${folder}.new`;
  rmSync(aside, { force: true });
  symlinkSync(binary, aside);
  renameSync(aside, place);
}

function binaryOf(type: string): string {
  return `terraform-provider-${type}`;
}
