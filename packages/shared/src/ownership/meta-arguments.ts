import { type Arguments, shown } from "./condition";

/** What Terraform lets any block have, or Helm any release, and no stack may: the machine's programs, and another account, region or role. */
const META: Readonly<Record<string, string>> = {
  provisioner: "it runs programs where Terraform runs; put what is to run into a Job",
  connection: "it logs in to machines from where Terraform runs; put what is to run into a Job",
  postrender: "it runs programs where Terraform runs; put what is to be into the release's values",
  provider: "a stack has one configuration of each provider, which all of it uses",
};

/** Names of what no block may have, each refused with a sentence of its own. */
export const REFUSED: readonly string[] = Object.keys(META);

/** What a block has that no block may have. */
export function metaProblems(block: Arguments, path: string): string[] {
  return Object.entries(META)
    .filter(([name]) => block[name] !== undefined)
    .map(([name, why]) => `${path}: no ${name} (${shown(block[name])}): ${why}`);
}
