import path from "node:path";
import { AS_TEAMS_VARIABLE } from "@demarc/deploy";
import type { Layout } from "./layout";
import { quoted } from "./shell";
import { targetVariables } from "./target/target-file";

type Variables = Readonly<Record<string, string | undefined>>;

/** How to reach the local AWS. */
export interface LocalAws {
  readonly awsUrl: string;
  readonly eksUrl: string;
  readonly region: string;
}

/** Credentials that the local AWS takes, as it takes any. */
export const CREDENTIALS = { accessKeyId: "sandbox", secretAccessKey: "sandbox" };

const LOOPBACK = ["127.0.0.1", "localhost", "::1"];

/** What the user's shell may hold and no child of the sandbox may see: real credentials, profiles and clusters, Terraform's arguments. */
const NOT_INHERITED = /^(AWS_|TF_(?!LOG)|CDKTF_|DEMARC_|HELM_|KUBE|GOGC$)/;

/** Environment of every program that the sandbox runs before there is a local AWS: the user's own, without anything of AWS or Terraform. */
export function cleanVariables(layout: Layout, inherited: Variables): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(inherited)) {
    if (value !== undefined && !NOT_INHERITED.test(name)) kept[name] = value;
  }
  const programs = listOf(inherited["PATH"], path.delimiter).filter((folder) => folder !== layout.bin);
  const noProxy = [...new Set([...listOf(inherited["NO_PROXY"] ?? inherited["no_proxy"], ","), ...LOOPBACK])].join(",");
  return {
    ...kept,
    PATH: [layout.bin, ...programs].join(path.delimiter),
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    AWS_CONFIG_FILE: layout.noAwsConfig,
    AWS_SHARED_CREDENTIALS_FILE: layout.noAwsConfig,
    AWS_EC2_METADATA_DISABLED: "true",
    CHECKPOINT_DISABLE: "1",
  };
}

/** What leads every AWS SDK, Terraform and cdktf to the local AWS, and to nothing else. */
export function sandboxVariables(layout: Layout, { awsUrl, eksUrl, region }: LocalAws): Record<string, string> {
  return {
    ...targetVariables(layout),
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ENDPOINT_URL_EKS: eksUrl,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    TF_CLI_CONFIG_FILE: layout.terraformConfig,
    HELM_CACHE_HOME: path.join(layout.helm, "cache"),
    HELM_CONFIG_HOME: path.join(layout.helm, "config"),
    HELM_DATA_HOME: path.join(layout.helm, "data"),
    // cdktf would point Terraform to a plugin cache of its own, which two runs at once may spoil.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    // The AWS provider takes a third less time with few garbage collections, and little more memory: it lives for seconds.
    GOGC: "1000",
  };
}

/**
 * For a cdktf that somebody calls by hand: it locks the providers of linux_amd64, and asks the registry for them unless told otherwise.
 * @param platform Terraform's name of this machine's operating system and processor, such as linux_amd64
 */
export function providerLockVariables({ plugins }: Layout, platform: string): Record<string, string> {
  return platform === "linux_amd64" ? { TF_CLI_ARGS_providers_lock: `-fs-mirror='${plugins}'` } : {};
}

function listOf(value: string | undefined, delimiter: string): string[] {
  return (value ?? "").split(delimiter).flatMap((item) => (item.trim() === "" ? [] : [item.trim()]));
}

/** Lines that a POSIX shell takes with `eval`, and that leave nothing of the user's own AWS configuration. */
export function exportsOf(variables: Readonly<Record<string, string>>, inherited: Variables): string[] {
  const unset = Object.keys(inherited).filter(
    (name) =>
      (/^(AWS_|HELM_|KUBE|TF_CLI_|TF_PLUGIN_CACHE_DIR$|TF_DATA_DIR$)/.test(name) || name === AS_TEAMS_VARIABLE) &&
      variables[name] === undefined,
  );
  return [
    ...unset.map((name) => `unset ${name}`),
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${quoted(value)}`),
  ];
}
