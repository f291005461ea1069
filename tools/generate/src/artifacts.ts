import type { Artifact } from "./artifact";
import { registry } from "./apps";
import { codeowners } from "./codeowners";
import { contractsDocument } from "./contracts";
import { indexes } from "./indexes";

/** Every generated file of the repository. */
export function artifacts(root: string): Artifact[] {
  return [registry(root), ...indexes(root), contractsDocument(), codeowners(root)];
}
