import { createServer, type Server } from "node:http";
import { States } from "../states";
import { listening } from "./listening";

/** State of a stack that is deployed, with no outputs. */
export const DEPLOYED = JSON.stringify({ outputs: {}, resources: [{ mode: "managed", instances: [{}] }] });

/** State of a stack that was destroyed. */
export const DESTROYED = JSON.stringify({ outputs: {}, resources: [] });

/** A bucket that answers as S3 does, with these objects. */
export class Bucket {
  readonly #server: Server;
  #url = "";

  /** @param objects content by key. Undefined: the bucket itself is not there */
  constructor(objects: Readonly<Record<string, string>> | undefined) {
    const written: Record<string, string> = {};
    this.#server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const [, , ...key] = pathname.split("/");
      const path = key.join("/");
      if (request.method === "PUT" && objects !== undefined) {
        let body = "";
        request.setEncoding("utf8").on("data", (part: string) => (body += part));
        request.on("end", () => {
          written[path] = body;
          response.writeHead(200).end();
        });
        return;
      }
      if (searchParams.has("list-type") && objects !== undefined) {
        const prefix = searchParams.get("prefix") ?? "";
        const keys = Object.keys({ ...objects, ...written }).filter((each) => each.startsWith(prefix));
        const contents = keys.map((each) => `<Contents><Key>${each}</Key></Contents>`).join("");
        response.writeHead(200).end(`<ListBucketResult><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`);
        return;
      }
      const content = path === "" ? "" : (written[path] ?? objects?.[path]);
      if (objects === undefined || content === undefined) {
        const code = objects === undefined ? "NoSuchBucket" : "NoSuchKey";
        response.writeHead(404, { "content-type": "application/xml" }).end(`<Error><Code>${code}</Code></Error>`);
      } else response.writeHead(200).end(content);
    });
  }

  async open(): Promise<this> {
    this.#url = await listening(this.#server);
    return this;
  }

  get states(): States {
    return new States({ endpoint: this.#url, credentials: { accessKeyId: "a", secretAccessKey: "b" } });
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}
