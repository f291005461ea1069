import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

type Variables = Readonly<Record<string, string | undefined>>;

/** How long a chart repository may take to answer before it counts as out of reach, in milliseconds. */
const PATIENCE = 3_000;

/** Those of the repositories that do not answer, all asked at once. */
export async function unreachable(
  repositories: readonly string[],
  variables: Variables,
  patience = PATIENCE,
): Promise<string[]> {
  const asked = [...new Set(repositories)];
  const answers = await Promise.all(asked.map((repository) => answersWithin(patience, repository, variables)));
  return asked.filter((_, at) => answers[at] !== true);
}

async function answersWithin(patience: number, repository: string, variables: Variables): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(patience, false, { signal: stop.signal, ref: false });
  try {
    return await Promise.race([answers(repository, variables, stop.signal), late]);
  } catch {
    return false;
  } finally {
    late.catch(() => undefined);
    stop.abort();
  }
}

async function answers(repository: string, variables: Variables, signal: AbortSignal): Promise<boolean> {
  const url = fileOf(repository);
  const proxy = proxyOf(url, variables);
  if (proxy !== undefined) return passes(url, proxy, signal);
  const { status } = await fetch(url, { signal });
  // A registry wants to know who asks: it is there.
  return status < 400 || status === 401;
}

/** What every repository of that kind has. */
function fileOf(repository: string): URL {
  const [kind, place = ""] = repository.split("://");
  if (kind === "oci") return new URL(`https://${place.split("/")[0] ?? ""}/v2/`);
  return new URL(`${repository.replace(/\/$/, "")}/index.yaml`);
}

/** Whether the proxy lets one through to that host. Node 20 knows of no proxies, Helm does. */
function passes({ hostname, port, protocol }: URL, proxy: URL, signal: AbortSignal): Promise<boolean> {
  const place = `${hostname}:${port || (protocol === "http:" ? "80" : "443")}`;
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const asked = request({
    host: proxy.hostname,
    port: proxy.port || 80,
    method: "CONNECT",
    path: place,
    headers: {
      host: place,
      ...(login === ":" ? {} : { "proxy-authorization": `Basic ${Buffer.from(login).toString("base64")}` }),
    },
    signal,
  });
  return new Promise((resolve, reject) => {
    asked.once("connect", ({ statusCode }, socket) => {
      socket.destroy();
      resolve(statusCode === 200);
    });
    asked.once("error", reject);
    asked.end();
  });
}

/** The proxy that programs take to that address, by the variables that all of them read. */
function proxyOf({ protocol, hostname }: URL, variables: Variables): URL | undefined {
  const name = protocol === "http:" ? "http_proxy" : "https_proxy";
  const given = variables[name] ?? variables[name.toUpperCase()];
  const direct = (variables["no_proxy"] ?? variables["NO_PROXY"] ?? "").split(",").map((host) => host.trim());
  const isDirect = direct.some(
    (host) => host === "*" || hostname === host || (host !== "" && hostname.endsWith(`.${host.replace(/^\*?\./, "")}`)),
  );
  return given === undefined || given === "" || isDirect ? undefined : new URL(given);
}
