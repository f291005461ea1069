import { once } from "node:events";
import { createServer } from "node:net";
import { listen } from "../loopback/listening";

/** Two ports of the loopback interface that nobody listens on. */
export async function freePorts(): Promise<[number, number]> {
  const servers = [createServer(), createServer()] as const;
  const [first, second] = await Promise.all(servers.map((server) => listen(server)));
  await Promise.all(
    servers.map(async (server) => {
      server.close();
      await once(server, "close");
    }),
  );
  if (!first || !second) throw new Error("the system gave no free port");
  return [first, second];
}
