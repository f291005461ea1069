import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { localAwsPython, MOTO } from "./local-aws-python";

/** The project's own local AWS, for one suite. */
export interface LocalAws {
  /** e.g. http://127.0.0.1:41234 */
  readonly url: string;
  /** What exists in it, as `<service> <type> <name or id>`. */
  inventory(): Promise<string[]>;
  stop(): Promise<void>;
}

/**
 * Starts it on a free port.
 *
 * @param judgeUrl of the judge that it asks. @default none, and all calls are served
 */
export async function startLocalAws(judgeUrl?: string): Promise<LocalAws> {
  const server = spawn(await localAwsPython(), ["-m", "demarc_moto", "--port", "0"], {
    cwd: MOTO,
    env: {
      ...process.env,
      PYTHONDONTWRITEBYTECODE: "1",
      ...(judgeUrl === undefined ? {} : { DEMARC_JUDGE_URL: judgeUrl }),
    },
    stdio: ["ignore", "pipe", "ignore"],
  });
  const url = await listeningUrl(server);
  return { url, inventory: () => inventoryOf(url), stop: () => end(server) };
}

function listeningUrl(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    server.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const url = /listening on (http:\/\/\S+)\n/.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    });
    server.once("error", reject);
    server.once("exit", (code) => {
      reject(new Error(`the local AWS ended as it started (exit code ${String(code)}): ${said}`));
    });
  });
}

async function inventoryOf(url: string): Promise<string[]> {
  const answer: unknown = await (await fetch(`${url}/_sandbox/inventory`)).json();
  const resources = typeof answer === "object" && answer !== null && "resources" in answer ? answer.resources : [];
  return (Array.isArray(resources) ? resources : []).map(
    ({ service, type, name, id }: Record<string, string | null>) =>
      `${service ?? ""} ${type ?? ""} ${name ?? id ?? ""}`,
  );
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, "exit");
  server.kill("SIGTERM");
  await ended;
}
