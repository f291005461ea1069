import { once } from "node:events";
import { chmodSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { fullDisk } from "./disk";
import { takenPorts } from "./ports";
import { findPython, findTerraform, isAtLeast } from "./programs";
import { listen } from "../loopback/listening";

/** A PATH with one program that prints that, whatever it is asked. */
function machineWith(program: string, printed: string): NodeJS.ProcessEnv {
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-path-"));
  writeFileSync(path.join(folder, program), `#!/bin/sh\necho '${printed}'\n`);
  chmodSync(path.join(folder, program), 0o755);
  return { PATH: folder };
}

describe("Python", () => {
  it("is taken under any of its usual names", async () => {
    const machine = machineWith("python3.12", '{"version":"3.12.1","venv":true}');
    expect(await findPython(machine)).toEqual({ command: "python3.12", version: "3.12.1" });
  });

  it.each([
    ["missing", {}, "There is no Python here"],
    ["too old", machineWith("python3", '{"version":"3.9.2","venv":true}'), "python3 is Python 3.9.2"],
    ["without venv", machineWith("python3", '{"version":"3.11.2","venv":false}'), "apt install python3-venv"],
  ])("that is %s is told", async (_, machine, sentence) => {
    expect(await findPython({ PATH: "", ...machine })).toEqual({ lacking: expect.stringContaining(sentence) });
  });
});

describe("Terraform", () => {
  it("is taken with the platform that its providers are for", async () => {
    const machine = machineWith("terraform", '{"terraform_version":"1.12.0","platform":"darwin_arm64"}');
    expect(await findTerraform(machine)).toEqual({ version: "1.12.0", platform: "darwin_arm64" });
  });

  it.each([
    ["missing", {}, "There is no Terraform here"],
    [
      "too old",
      machineWith("terraform", '{"terraform_version":"1.10.5","platform":"linux_amd64"}'),
      "1.10.5 is too old",
    ],
  ])("that is %s is told", async (_, machine, sentence) => {
    expect(await findTerraform({ PATH: "", ...machine })).toEqual({ lacking: expect.stringContaining(sentence) });
  });

  it.each([
    ["1.11.0", true],
    ["1.9.9", false],
    ["2.0.0", true],
    ["1.14.0-rc1", true],
    ["0.15.0", false],
  ])("%s is new enough: %s", (version, enough) => {
    expect(isAtLeast(version, [1, 11])).toBe(enough);
  });
});

describe("a port", () => {
  it("that is taken is told with the option that asked for it", async () => {
    const server = createServer();
    const taken = await listen(server);

    expect(await takenPorts({ eks: taken })).toEqual([
      expect.stringContaining(`Port ${taken}, which --eks-port asks for`),
    ]);

    server.close();
    await once(server, "close");
    expect(await takenPorts({ eks: taken })).toEqual([]);
  });

  it("cannot be asked for twice", async () => {
    expect(await takenPorts({ aws: 61_234, eks: 61_234 })).toContainEqual(expect.stringContaining("asked for twice"));
  });
});

it("tells a disk that is full", async () => {
  expect(await fullDisk(tmpdir(), 1)).toEqual([]);
  expect(await fullDisk(tmpdir(), 1e12)).toEqual([expect.stringContaining("make room")]);
});
