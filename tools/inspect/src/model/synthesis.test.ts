import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { synthesizeAll } from "./synthesis";

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "demarc-repository-"));
});
afterEach(() => {
  rmSync(root, { recursive: true });
});

/** A workspace whose synth is that command. */
function put(folder: string, app: string): void {
  mkdirSync(path.join(root, folder), { recursive: true });
  writeFileSync(path.join(root, folder, "cdktf.json"), JSON.stringify({ app }));
}

const synthesis = (variables: NodeJS.ProcessEnv = process.env) =>
  synthesizeAll({ root, environments: [], apps: [], variables });

it("names every workspace that does not synthesize, and leaves nothing behind", async () => {
  const told = path.join(root, "told");
  put("packages/infra", `mkdir -p "$CDKTF_OUTDIR" && printf "$CDKTF_OUTDIR" > ${told}; exit 1`);
  put("packages/k8s-platform", "exit 3");
  await expect(synthesis()).rejects.toMatchObject({
    name: "Refusal",
    message: "infra, k8s-platform: no synth, for the reasons above.",
  });
  expect(readFileSync(told, "utf8")).toMatch(/demarc-inspect-.*infra$/);
  expect(existsSync(readFileSync(told, "utf8"))).toBe(false);
});

it("is of what goes to AWS, also in a shell that is aimed at a sandbox", async () => {
  const told = path.join(root, "told");
  put("packages/infra", `echo "$DEMARC_SANDBOX$DEMARC_TARGET" > ${told}; exit 1`);
  await expect(synthesis({ ...process.env, DEMARC_SANDBOX: "s", DEMARC_TARGET: "t" })).rejects.toThrow("infra");
  expect(readFileSync(told, "utf8")).toBe("\n");
});
