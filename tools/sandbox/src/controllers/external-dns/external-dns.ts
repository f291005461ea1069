import path from "node:path";
import type { Layout } from "../../layout";
import type { ActorCluster } from "../actor";
import type { AddonActor, AddonActorContext } from "../addon";
import { ControllerProcess } from "./controller-process";
import { writeKubeconfig } from "./kubeconfig";
import type { ExternalDnsBinary } from "./program";

/**
 * ExternalDNS: the real one, as a process of this machine with the arguments that its Deployment has, the token of its service
 * account and the credentials of its role. Its own variables say where the cluster and the local AWS are.
 */
export function externalDns(
  cluster: ActorCluster,
  binary: ExternalDnsBinary,
  { clusters, logs }: Pick<Layout, "clusters" | "logs">,
): AddonActor {
  const folder = path.join(clusters, cluster.name, "external-dns");
  let say: (line: string) => void = () => undefined;
  const running = new ControllerProcess((line) => {
    say(line);
  });
  return {
    addon: "external-dns",
    watches: [],
    resyncSeconds: 2,
    reconcile: async (context) => {
      say = context.say;
      const command = binary.path;
      if (command === undefined) {
        say("waits for its program, which is being built");
        return;
      }
      const kubeconfig = writeKubeconfig(folder, cluster, await context.token());
      await running.ensure({
        command,
        args: context.container.args ?? [],
        variables: { ...(await variablesOf(context, cluster)), HOME: folder, EXTERNAL_DNS_KUBECONFIG: kubeconfig },
        log: path.join(logs, `${cluster.name}-external-dns.log`),
      });
    },
    absent: () => running.stop(),
  };
}

async function variablesOf(
  { container, credentials }: AddonActorContext,
  { awsEndpoint }: ActorCluster,
): Promise<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = await credentials();
  const own = (container.env ?? []).map(({ name, value = "" }) => [name, value] as const);
  return {
    ...Object.fromEntries(own),
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_EC2_METADATA_DISABLED: "true",
    // Of this machine, where its usual port may be somebody else's: any that is free.
    EXTERNAL_DNS_METRICS_ADDRESS: "127.0.0.1:0",
    NO_PROXY: "127.0.0.1,localhost",
  };
}
