import { isRecord } from "../json";
import type { Arguments, Resources } from "./condition";
import type { WorkspaceKind } from "../workspace";

/** What every stack is made of; `//` is CDKTF's own, which Terraform leaves out. */
const SECTIONS = ["//", "data", "output", "provider", "resource", "terraform"];

/**
 * What some may have beside. A move is inside of one's own state, and spares what cannot be made again. An import takes something
 * over that exists: for infra's own, as the bucket of the states, which exists before its stack.
 */
const MORE: Readonly<Record<WorkspaceKind, readonly string[]>> = {
  infra: ["import", "moved"],
  "k8s-platform": ["moved"],
  apps: [],
};

/** Sections of a stack that its workspace may not write: modules, variables, removals, checks, whatever Terraform may come to know. */
export function unknownSections(json: Arguments, kind: WorkspaceKind): string[] {
  return Object.keys(json).filter((section) => !SECTIONS.includes(section) && !MORE[kind].includes(section));
}

/** Resources, or data: by type, then by name. Terraform reads lists and deeper ones too, which CDKTF never writes. */
export function blocks(json: Arguments, section: "resource" | "data"): { found: Resources; misshapen: string[] } {
  const misshapen: string[] = [];
  const types = json[section] ?? {};
  if (!isRecord(types)) return { found: {}, misshapen: [section] };
  const recordsIn = (value: Arguments, place: string) =>
    Object.entries(value).flatMap(([name, inner]) => {
      if (isRecord(inner)) return [[name, inner] as const];
      misshapen.push(`${place}.${name}`);
      return [];
    });
  // By `fromEntries`, which gives an object a name of its own whatever the name is: an assignment to `__proto__` does not.
  const found = recordsIn(types, section).map(
    ([type, named]) => [type, Object.fromEntries(recordsIn(named, `${section}.${type}`))] as const,
  );
  return { found: Object.fromEntries(found), misshapen };
}
