import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Token } from "cdktf";
import fc from "fast-check";
import { terraformLiteral } from ".";

/** Terraform's own words decide: it is given texts, and says them again. */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "demarc-literal-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function terraform(...args: string[]): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1", TF_CLI_CONFIG_FILE: "/dev/null" };
  const { status, stdout, stderr } = spawnSync("terraform", [...args, "-no-color"], {
    cwd: folder,
    encoding: "utf8",
    env,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

function saidAgain(texts: readonly string[]): unknown {
  const outputs = Object.fromEntries(
    texts.map((text, index) => [`o${String(index)}`, { value: terraformLiteral(text) }]),
  );
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify({ output: outputs }));
  terraform("apply", "-auto-approve");
  const said = JSON.parse(terraform("output", "-json")) as Record<string, { value: unknown }>;
  return texts.map((_, index) => said[`o${String(index)}`]?.value);
}

it("no text that people write is anything else to Terraform", () => {
  const piece = fc.constantFrom(
    "${",
    "%{",
    "$",
    "%",
    "$${",
    "%%{",
    "{",
    "}",
    '"',
    "\\",
    "\n",
    "a",
    "path.cwd",
    "if true",
    "~",
  );
  const texts = fc.sample(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join("")),
    400,
  );
  const known = ["[${spring.application.name}]", "${path.cwd}", "%{ if true }x%{ endif }", "$${path.cwd}", "100%"];
  expect(saidAgain([...known, ...texts])).toEqual([...known, ...texts]);
});

it("leaves tokens what they are", () => {
  const token = Token.asString({ resolve: () => "x" });
  expect(terraformLiteral(`a ${token} \${b}`)).toBe(`a ${token} $\${b}`);
});
