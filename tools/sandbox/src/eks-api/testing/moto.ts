import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { listen } from "../../loopback/listening";

/** A local AWS for one suite. */
export interface Moto {
  /** e.g. http://127.0.0.1:41234 */
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts moto's server on a free port.
 *
 * @param command the server's executable. @default $MOTO_SERVER, else moto_server on the PATH
 * @throws Error with what the server said when it does not answer within half a minute
 */
export async function startMoto(command = process.env["MOTO_SERVER"] ?? "moto_server"): Promise<Moto> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server = spawn(command, ["-H", "127.0.0.1", "-p", String(port)], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  server.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  server.on("error", (fault) => {
    said += fault.message;
  });
  const deadline = Date.now() + 30_000;
  while (server.exitCode === null && Date.now() < deadline) {
    if (await answers(url)) return { url, stop: () => end(server) };
    await sleep(100);
  }
  await end(server);
  throw new Error(`${command} did not start; MOTO_SERVER can name another. It said: ${said}`);
}

async function answers(url: string): Promise<boolean> {
  return fetch(`${url}/moto-api/data.json`).then(
    (answer) => answer.ok,
    () => false,
  );
}

async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  server.close();
  await once(server, "close");
  return port;
}
