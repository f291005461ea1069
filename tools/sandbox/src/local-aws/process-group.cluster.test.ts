import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { identityOf, membersOf } from "@demarc/deploy";
import { LAYOUT } from "../kubernetes/testing/running-control-plane";
import { endGroup } from "./process-group";
import { temporaryFolder } from "../testing/temporary-folder";

it("ends a control plane whose parent was killed", async () => {
  const folder = temporaryFolder("leader");
  const entry = path.resolve(__dirname, "../kubernetes/testing/leader/main.ts");
  const leader = spawn(process.execPath, ["--import", "tsx", entry, folder], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(leader.stdout, "data");
  const identity = await identityOf(leader.pid ?? 0);
  leader.kill("SIGKILL");
  await once(leader, "exit");
  const left = await membersOf(leader.pid ?? 0);

  await endGroup(identity ?? { pid: 0, started: "" }, LAYOUT.go);

  expect(left).toHaveLength(5);
  expect(await Promise.all(left.map(({ pid }) => identityOf(pid)))).toEqual(left.map(() => undefined));
});
