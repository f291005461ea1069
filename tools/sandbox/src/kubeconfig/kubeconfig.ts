import { roleOfTeam } from "@demarc/deploy";
import { awsCli } from "../aws-cli";
import type { Layout } from "../layout";
import { CREDENTIALS, type LocalAws } from "../variables";
import type { RunningCluster } from "./clusters";

/** Who acts in which cluster. */
export interface TeamContext {
  /** Of the context: the team's name, with the cluster's before it where there are several. */
  readonly name: string;
  readonly team: string;
  readonly cluster: RunningCluster;
}

/** A context for each team in each of its environment's clusters. */
export function contextsOf(clusters: readonly RunningCluster[]): TeamContext[] {
  return clusters.flatMap((cluster) =>
    Object.keys(cluster.environment.teams).map((team) => ({
      name: clusters.length === 1 ? team : `${cluster.name}/${team}`,
      team,
      cluster,
    })),
  );
}

/**
 * The context of a person who has not said which: the first team's that owns no workspace. It sees its own namespace, where there
 * is an app to look at, and can break nothing but that. Where every team owns a workspace it is the first of all.
 */
export function usualContext(contexts: readonly TeamContext[]): string | undefined {
  const ownsNothing = contexts.find(({ team, cluster }) => (cluster.environment.teams[team]?.owns ?? []).length === 0);
  return (ownsNothing ?? contexts[0])?.name;
}

/**
 * A kubeconfig in which each context acts as a team: kubectl asks the sandbox's own `aws` for a token of the team's role, as it
 * would ask for one of a real cluster. JSON, which is YAML too. It works in any shell: nothing of the shell's own AWS configuration counts.
 * @param current name of the context that is used where none is named
 */
export function kubeconfig(
  contexts: readonly TeamContext[],
  current: string | undefined,
  layout: Layout,
  local: LocalAws,
): string {
  const clusters = [...new Set(contexts.map(({ cluster }) => cluster))];
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: clusters.map(({ name, endpoint, certificateAuthority }) => ({
      name,
      cluster: { server: endpoint, "certificate-authority-data": certificateAuthority },
    })),
    contexts: contexts.map(({ name, team, cluster }) => ({
      name,
      context: { cluster: cluster.name, user: name, namespace: team },
    })),
    ...(current === undefined ? {} : { "current-context": current }),
    users: contexts.map((context) => ({ name: context.name, user: { exec: execOf(context, layout, local) } })),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function execOf({ team, cluster }: TeamContext, layout: Layout, { awsUrl, region }: LocalAws) {
  const variables = {
    AWS_ENDPOINT_URL: awsUrl,
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_CONFIG_FILE: layout.noAwsConfig,
    AWS_SHARED_CREDENTIALS_FILE: layout.noAwsConfig,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  const token = ["eks", "get-token", "--cluster-name", cluster.name, "--region", region, "--output", "json"];
  return {
    apiVersion: "client.authentication.k8s.io/v1beta1",
    // `env -i`, as an exec's own variables are added to the shell's: a profile in there would be looked for.
    command: "/usr/bin/env",
    args: [
      "-i",
      ...Object.entries(variables).map(([name, value]) => `${name}=${value}`),
      awsCli(layout),
      ...token,
      "--role-arn",
      roleOfTeam(cluster.environment, team),
    ],
    interactiveMode: "Never",
  };
}
