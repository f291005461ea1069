import type { IncomingMessage } from "node:http";
import type { Context } from "./context";
import { EksError } from "./http/errors";
import { readBody } from "./http/read";
import { stateOf } from "./state";
import { summaryOf } from "./summary";

/** A path that EKS has not: what the sandbox itself, or a control plane, asks of this process. */
interface OwnPath {
  readonly method: "GET" | "POST";
  /** Its first group is the name of a cluster, where it has one. */
  readonly path: RegExp;
  readonly answer: (context: Context, clusterName: string, request: IncomingMessage) => object | Promise<object>;
}

const OWN_PATHS: readonly OwnPath[] = [
  { method: "GET", path: /^\/_sandbox\/health$/, answer: health },
  { method: "GET", path: /^\/_sandbox\/state$/, answer: ({ store }) => stateOf(store) },
  { method: "GET", path: /^\/_sandbox\/control-planes$/, answer: controlPlanes },
  { method: "GET", path: /^\/_sandbox\/clusters\/([^/]+)\/summary$/, answer: summaryOf },
  { method: "POST", path: /^\/_sandbox\/clusters\/([^/]+)\/resume$/, answer: resume },
  { method: "POST", path: /^\/_sandbox\/clusters\/([^/]+)\/token-review$/, answer: reviewToken },
];

/** What one of the sandbox's own paths answers; undefined for all others, which are EKS's. */
export async function answerOwnPath(context: Context, request: IncomingMessage): Promise<object | undefined> {
  // An API server says in the query how long it waits.
  const [asked = ""] = (request.url ?? "").split("?", 1);
  for (const { method, path, answer } of OWN_PATHS) {
    const match = request.method === method ? path.exec(asked) : null;
    if (match !== null) return answer(context, match[1] ?? "", request);
  }
  return undefined;
}

function health({ region, accountId }: Context): object {
  return { status: "ok", region, accountId };
}

/** The components of each cluster's control plane, and whether they run. */
function controlPlanes({ store, controlPlane }: Context): object {
  return Object.fromEntries(store.clusters.names().map((name) => [name, controlPlane.components(name)]));
}

/** Starts what has ended of a cluster's control plane. */
async function resume({ store, controlPlane }: Context, clusterName: string): Promise<object> {
  const { cluster } = store.clusters.get(clusterName);
  if (cluster.status !== "ACTIVE") {
    throw new EksError("InvalidRequestException", `Cluster ${clusterName} is ${cluster.status}.`);
  }
  await controlPlane.resume(clusterName);
  return { components: controlPlane.components(clusterName) };
}

/** Says to a cluster's API server who holds a token. */
async function reviewToken({ tokenReviews }: Context, clusterName: string, request: IncomingMessage): Promise<object> {
  return tokenReviews.review(clusterName, await readBody(request));
}
