import { existsSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { layoutOf } from "../layout";
import { down } from "./down";

it("leaves nothing of what was synthesized, of what Terraform keeps of it, and of who may act in it", async () => {
  const layout = layoutOf(mkdtempSync(path.join(tmpdir(), "demarc-down-")));
  const memory = path.join(layout.out, "infra/stacks/dev-network/.terraform");
  for (const folder of [memory, layout.written, layout.venvs]) mkdirSync(folder, { recursive: true });
  writeFileSync(layout.kubeconfig, "{}");
  const said: string[] = [];
  const console = { live: false, columns: () => 80, write: () => true, say: (line: string) => said.push(line) };

  expect(await down({ layout, inherited: {}, console })).toBe(0);
  expect([layout.out, layout.written, layout.kubeconfig].filter((place) => existsSync(place))).toEqual([]);
  expect(existsSync(layout.venvs)).toBe(true);
  expect(said).toEqual(["No local AWS runs."]);
});
