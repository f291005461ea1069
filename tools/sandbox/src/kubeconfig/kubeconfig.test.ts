import type { Environment } from "@demarc/shared/environment";
import { z } from "zod";
import { dev } from "@demarc/shared/testing";
import { layoutOf } from "../layout";
import type { RunningCluster } from "./clusters";
import { contextsOf, kubeconfig, usualContext } from "./kubeconfig";

const local = { awsUrl: "http://127.0.0.1:4000", eksUrl: "http://127.0.0.1:4001", region: dev.region };

const cluster = (name: string, environment: Environment = dev): RunningCluster => ({
  name,
  environment,
  endpoint: `https://127.0.0.1:6443/${name}`,
  certificateAuthority: "Q0E=",
});

const config = z.object({
  clusters: z.array(z.object({ name: z.string(), cluster: z.record(z.string(), z.string()) })),
  contexts: z.array(z.object({ name: z.string(), context: z.record(z.string(), z.string()) })),
  "current-context": z.string().optional(),
  users: z.array(z.object({ name: z.string(), user: z.object({ exec: z.unknown() }) })),
});

function read(...clusters: RunningCluster[]): z.infer<typeof config> {
  const contexts = contextsOf(clusters);
  const text = kubeconfig(contexts, usualContext(contexts), layoutOf("/repository"), local);
  return config.parse(JSON.parse(text));
}

it("has a context for each team, in its own namespace", () => {
  const { contexts, clusters } = read(cluster("dev-a"));
  expect(contexts).toEqual(
    ["infra", "platform", "pets", "shop"].map((team) => ({
      name: team,
      context: { cluster: "dev-a", user: team, namespace: team },
    })),
  );
  expect(clusters).toEqual([
    { name: "dev-a", cluster: { server: "https://127.0.0.1:6443/dev-a", "certificate-authority-data": "Q0E=" } },
  ]);
});

it("names the cluster too where there are several", () => {
  const { contexts, ...others } = read(cluster("dev-a"), cluster("dev-b"));
  expect(contexts.map(({ name }) => name)).toEqual([
    ...["dev-a/infra", "dev-a/platform", "dev-a/pets", "dev-a/shop"],
    ...["dev-b/infra", "dev-b/platform", "dev-b/pets", "dev-b/shop"],
  ]);
  expect(contexts.at(-1)?.context).toEqual({ cluster: "dev-b", user: "dev-b/shop", namespace: "shop" });
  expect(others["current-context"]).toBe("dev-a/pets");
});

it("acts as a team that owns no workspace where nobody says which", () => {
  expect(read(cluster("dev-a"))["current-context"]).toBe("pets");
  const owners = { ...dev, teams: { platform: { roles: ["team/platform"], owns: ["k8s-platform" as const] } } };
  expect(read(cluster("dev-a", owners))["current-context"]).toBe("platform");
});

it("asks the sandbox's own aws for a token of the team's role, with nothing of the shell's environment", () => {
  const shop = read(cluster("dev-a")).users.find(({ name }) => name === "shop");
  expect(shop?.user.exec).toEqual({
    apiVersion: "client.authentication.k8s.io/v1beta1",
    command: "/usr/bin/env",
    args: [
      "-i",
      "AWS_ENDPOINT_URL=http://127.0.0.1:4000",
      "AWS_ACCESS_KEY_ID=sandbox",
      "AWS_SECRET_ACCESS_KEY=sandbox",
      "AWS_CONFIG_FILE=/repository/.sandbox/no-aws-config",
      "AWS_SHARED_CREDENTIALS_FILE=/repository/.sandbox/no-aws-config",
      "AWS_EC2_METADATA_DISABLED=true",
      "/repository/.sandbox/bin/aws",
      ...["eks", "get-token", "--cluster-name", "dev-a", "--region", "ap-northeast-1", "--output", "json"],
      ...["--role-arn", "arn:aws:iam::123456789012:role/team/shop"],
    ],
    interactiveMode: "Never",
  });
});

it("is a kubeconfig without a cluster too", () => {
  expect(read()).toEqual({ clusters: [], contexts: [], users: [] });
});
