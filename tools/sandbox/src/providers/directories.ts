import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { addressOf, type Provider } from "./pins";

type Variables = Readonly<Record<string, string | undefined>>;

/** Names the one directory to take providers from. */
export const MIRROR_VARIABLE = "TF_PLUGIN_MIRROR";

/** Where system packages and images put things that are for every user. */
const SYSTEM = [
  "/opt",
  "/usr/local",
  "/usr/local/lib",
  "/usr/local/share",
  "/usr/lib",
  "/usr/share",
  "/srv",
  "/var/lib",
];

/**
 * Directories that may hold providers, in the order in which they are searched: the one that TF_PLUGIN_MIRROR names alone, or
 * those of the user's Terraform configuration, those where Terraform itself would look, and any `tf-plugins` in a system place.
 */
export function pluginDirectories(variables: Variables): string[] {
  const named = variables[MIRROR_VARIABLE];
  if (named !== undefined && named !== "") return [named];
  return [
    ...configuredMirrors(variables),
    ...terraformsOwn(variables),
    ...SYSTEM.map((place) => path.join(place, "tf-plugins")),
  ];
}

/** Terraform's "implied local mirror directories". */
function terraformsOwn(variables: Variables): string[] {
  const home = variables["HOME"] ?? homedir();
  const dataHome = variables["XDG_DATA_HOME"] ?? path.join(home, ".local/share");
  const dataDirs = (variables["XDG_DATA_DIRS"] ?? "/usr/local/share:/usr/share").split(":").filter((dir) => dir !== "");
  const onMac = process.platform === "darwin" ? [path.join(home, "Library"), "/Library"] : [];
  return [
    path.join(home, ".terraform.d/plugins"),
    ...onMac.map((library) => path.join(library, "Application Support/io.terraform/plugins")),
    ...[dataHome, ...dataDirs].map((dir) => path.join(dir, "terraform/plugins")),
  ];
}

/** The user's Terraform CLI configuration, where there is one. */
export function userConfiguration(variables: Variables): string | undefined {
  const home = variables["HOME"] ?? homedir();
  const file = variables["TF_CLI_CONFIG_FILE"] ?? path.join(home, ".terraformrc");
  return existsSync(file) && statSync(file).isFile() ? file : undefined;
}

function configuredMirrors(variables: Variables): string[] {
  const file = userConfiguration(variables);
  if (file === undefined) return [];
  const blocks = readFileSync(file, "utf8").matchAll(/^\s*filesystem_mirror\s*{[^}]*?\bpath\s*=\s*"([^"]+)"/gm);
  return [...blocks].flatMap(([, directory]) => (directory === undefined ? [] : [directory]));
}

/** A provider in a plugin directory: its package, as a file or folder, and where in a mirror it belongs. */
export interface FoundPackage {
  readonly path: string;
  readonly place: string;
}

/** Finds a provider's package in a plugin directory, unpacked or packed, in Terraform's layout. */
export function packageIn(directory: string, provider: Provider, platform: string): FoundPackage | undefined {
  const { type, version } = provider;
  const places = [
    path.join(addressOf(provider), version, platform),
    path.join(addressOf(provider), `terraform-provider-${type}_${version}_${platform}.zip`),
  ];
  const place = places.find((place) => isPackage(path.join(directory, place)));
  return place === undefined ? undefined : { path: path.resolve(directory, place), place };
}

function isPackage(candidate: string): boolean {
  const stats = statSync(candidate, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return stats?.isFile() === true;
  return readdirSync(candidate).some((file) => file.startsWith("terraform-provider-"));
}
