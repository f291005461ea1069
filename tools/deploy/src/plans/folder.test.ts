import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { packed, unpack } from "./folder";

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(path.join(tmpdir(), "demarc-folder-"));
});

it("brings a stack's folder over whole, but for what an init makes anew, and lets nobody else read it", () => {
  const [from, to] = [path.join(scratch, "from"), path.join(scratch, "to")];
  for (const folder of ["assets/chart", ".terraform/providers"])
    mkdirSync(path.join(from, folder), { recursive: true });
  const files = { "cdk.tf.json": "{}", ".terraform.lock.hcl": "lock", "assets/chart/a": "\u0000\u00ff" };
  for (const [name, content] of Object.entries({ ...files, ".terraform/providers/aws": "binary" })) {
    writeFileSync(path.join(from, name), content);
  }
  unpack(packed(from), to);
  for (const [name, content] of Object.entries(files)) {
    expect(readFileSync(path.join(to, name), "utf8")).toBe(content);
    expect(statSync(path.join(to, name)).mode & 0o077).toBe(0);
  }
  expect(existsSync(path.join(to, ".terraform"))).toBe(false);
  expect(statSync(to).mode & 0o077).toBe(0);
});

it.each(["../outside", "/tmp/demarc-outside", "a/../../outside"])("refuses a file that leads out of it: %s", (name) => {
  const content = gzipSync(JSON.stringify({ [name]: "eA==" }));
  expect(() => {
    unpack(content, path.join(scratch, "to"));
  }).toThrow("leads out of the folder");
  expect(readdirSync(scratch)).toEqual(["to"]);
});

it("packs the same folder into the same content, so that its digest says what is in it", () => {
  writeFileSync(path.join(scratch, "cdk.tf.json"), "{}");
  expect(packed(scratch).equals(packed(scratch))).toBe(true);
});
