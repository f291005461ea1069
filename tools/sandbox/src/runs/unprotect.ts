import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Takes `prevent_destroy` out of what was synthesized for this run: here, everything is made to be thrown away. */
export function unprotect(directory: string): void {
  const file = path.join(directory, "cdk.tf.json");
  const stack: unknown = JSON.parse(readFileSync(file, "utf8"), (key, value: unknown) =>
    key === "prevent_destroy" ? undefined : value,
  );
  writeFileSync(file, JSON.stringify(stack));
}
