import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ACCESS_STACK } from "@demarc/shared/environment";
import type { RecordedRefusal } from "../judge/record";

/** `arn:aws:iam::111122223333:role/demarc/dev/k8s-platform/dev-a-external-dns` */
const ROLE = /:role\/demarc\/[^/]+\/(?<workspace>[^/]+)\/(?<name>[^/]+)$/;

/** `arn:aws:iam::111122223333:policy/demarc/demarc-eu-west-1-apps-shop`, of the apps of team shop */
const BOUNDARY = /:policy\/demarc\/demarc-[a-z-]+-\d-(?<kind>infra|k8s-platform|delivery|apps)(-[a-z0-9-]+)?$/;

/** What a role that plans or deploys may do, by what each type needs of AWS; and whom it trusts. */
const RIGHTS_OF_DELIVERY = "packages/shared/src/ownership/access";
const TRUST_OF_DELIVERY = "packages/shared/src/ownership/delivery/trust.ts";

/** Whose file it is: a role's trust policy stands with the role that was asked for, not with the one that asked. */
function ownerOf({ by, role, resource }: Pick<RecordedRefusal, "by" | "role" | "resource">): string {
  return by === "resource policy" && ROLE.test(resource) ? resource : role;
}

/**
 * File of the repository that says what was refused: of the boundary, or else of the role, or of the role that trusts nobody of
 * those who asked. It is found by its name, which roles end with, or by that end in its text.
 *
 * @param root the repository
 * @returns path from the root; undefined for what the repository does not make
 */
export function fileToChange(
  root: string,
  refusal: Pick<RecordedRefusal, "by" | "policy" | "role" | "resource">,
): string | undefined {
  const { by, policy } = refusal;
  const bounding = by === "boundary" ? BOUNDARY.exec(policy ?? "")?.groups?.["kind"] : undefined;
  if (bounding !== undefined) return `packages/shared/src/iam/boundaries/${bounding}.ts`;
  const { workspace, name } = ROLE.exec(ownerOf(refusal))?.groups ?? {};
  if (workspace === undefined || name === undefined) return undefined;
  if (workspace === ACCESS_STACK) return by === "resource policy" ? TRUST_OF_DELIVERY : RIGHTS_OF_DELIVERY;
  const app = `packages/apps/${workspace}/src/app.ts`;
  if (existsSync(path.join(root, app))) return app;
  return fileOfRole(root, `packages/${workspace}/src`, name);
}

function fileOfRole(root: string, folder: string, role: string): string | undefined {
  if (!existsSync(path.join(root, folder))) return undefined;
  const files = readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")))
    .toSorted();
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(root, file), "utf8")]));
  const saying = (text: RegExp) => files.find((file) => text.test(texts.get(file) ?? ""));
  const ends = endsOf(role);
  return (
    firstOf(ends, (end) => files.find((file) => path.posix.basename(file, ".ts") === end)) ??
    firstOf(ends, (end) => saying(new RegExp(`name: \`.*-${end}\``))) ??
    // One word alone may mean anything.
    firstOf(ends.slice(0, -1), (end) => saying(new RegExp(`"${end}"`))) ??
    folder
  );
}

/** `dev-a-vpc-cni`: `a-vpc-cni`, `vpc-cni`, `cni`. */
function endsOf(role: string): string[] {
  const words = role.split("-");
  return words.slice(1).map((_, index) => words.slice(index + 1).join("-"));
}

function firstOf(ends: readonly string[], find: (end: string) => string | undefined): string | undefined {
  for (const end of ends) {
    const found = find(end);
    if (found !== undefined) return found;
  }
  return undefined;
}
