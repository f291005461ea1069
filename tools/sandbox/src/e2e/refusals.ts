import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { cleanVariables } from "../variables";
import { deployTool, HOME, layout, ROOT, sandbox } from "./programs";
import { step } from "./step";
import { listen } from "../loopback/listening";

/** What is told before anything starts. */
export async function refusesWhatCannotGoWell(): Promise<void> {
  await step("an unknown environment: the known ones are named", async () => {
    const { code, printed } = await sandbox(["up", "nowhere"]);
    assert.equal(code, 1);
    assert.match(printed, /there is no such environment; known are: .*\bdev\b/);
  });

  await step("a sandbox with an endpoint elsewhere is refused", async () => {
    const { code, printed } = await sandbox(["up", "dev"], { AWS_ENDPOINT_URL_S3: "https://s3.example.com" });
    assert.equal(code, 1);
    assert.match(printed, /runs on this machine only.*AWS_ENDPOINT_URL_S3=https:\/\/s3\.example\.com/);
  });

  await step("a real deploy with the sandbox's endpoints is refused", async () => {
    const variables = { ...cleanVariables(layout, process.env), AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
    const { code, printed } = await deployTool(ROOT, ["deploy", "infra", "dev", "--auto-approve"], variables);
    assert.equal(code, 1);
    assert.match(printed, /A real deploy goes to AWS's own endpoints.*AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:4566/);
  });

  await step("a plan of nothing says how to start", async () => {
    const { code, printed } = await sandbox(["plan", "dev"]);
    assert.equal(code, 1);
    assert.match(printed, /The local AWS does not run; start it: npm run sandbox -- up dev/);
  });

  await step("everything that is missing is told at once, and nothing starts", async () => {
    const server = createServer();
    const port = String(await listen(server));
    const { code, printed } = await sandbox(["up", "dev", "--eks-port", port], { PATH: pathWithNodeOnly() });
    server.close();
    assert.equal(code, 1);
    assert.match(printed, /There is no Python here/);
    assert.match(printed, /There is no Terraform here/);
    assert.match(printed, /There is no Go here/);
    assert.match(printed, new RegExp(`Port ${port}, which --eks-port asks for, is taken`));
    assert.equal(existsSync(layout.servers), false);
  });
}

/** What it takes to synthesize, and nothing else. */
function pathWithNodeOnly(): string {
  const folder = path.join(HOME, "path");
  mkdirSync(folder);
  symlinkSync(process.execPath, path.join(folder, "node"));
  for (const program of ["npx", "sh", "env"]) symlinkSync(whereIs(program), path.join(folder, program));
  return folder;
}

function whereIs(program: string): string {
  const found = (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, program))
    .find((file) => existsSync(file) && readFileSync(file).length > 0);
  if (found === undefined) throw new Error(`there is no ${program} on the PATH`);
  return realpathSync(found);
}
