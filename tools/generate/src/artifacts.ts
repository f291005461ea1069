import type { Artifact } from "./artifact";
import { codeowners } from "./codeowners";
import { contractsDocument } from "./contracts";
import { indexes } from "./indexes";

/** Every generated file of the repository. */
export function artifacts(root: string): Artifact[] {
  return [...indexes(root), contractsDocument(), codeowners(root)];
}
