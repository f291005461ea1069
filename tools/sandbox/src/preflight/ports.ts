import { createServer } from "node:net";
import type { Ports } from "../command";
import { listen } from "../loopback/listening";

/** A sentence for each port that was asked for and that another program has. */
export async function takenPorts(ports: Ports): Promise<string[]> {
  const asked = (["aws", "eks"] as const).flatMap((name) => {
    const port = ports[name];
    return port === undefined ? [] : [{ name, port }];
  });
  const taken = await Promise.all(asked.map(async (port) => ((await isFree(port.port)) ? [] : [port])));
  const sentences = taken
    .flat()
    .map(
      ({ name, port }) =>
        `Port ${String(port)}, which --${name}-port asks for, is taken by another program: end that, or ask for another port or none.`,
    );
  if (ports.aws === undefined || ports.aws !== ports.eks) return sentences;
  return [...sentences, `Port ${String(ports.aws)} is asked for twice: the local AWS and its EKS API need one each.`];
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    await listen(server, port);
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
