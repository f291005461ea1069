import { clusterNames, type Environment } from "@demarc/shared/environment";
import { z } from "zod";
import { environmentsIn, type Servers } from "../local-aws/servers";
import { CREDENTIALS } from "../variables";

/** A cluster whose API server answers. */
export interface RunningCluster {
  /** In AWS, such as dev-a. */
  readonly name: string;
  readonly environment: Environment;
  /** https URL. */
  readonly endpoint: string;
  /** Base64 of the PEM certificate that signs the endpoint's own. */
  readonly certificateAuthority: string;
}

const described = z.object({
  cluster: z.object({
    status: z.string(),
    endpoint: z.string().optional(),
    certificateAuthority: z.object({ data: z.string().optional() }).optional(),
  }),
});

/** Every cluster that was deployed to the local AWS. @param environments those that there may be */
export async function runningClusters(
  servers: Servers,
  environments: readonly Environment[],
): Promise<RunningCluster[]> {
  const asked = environmentsIn(servers, environments).flatMap((environment) =>
    clusterNames(environment).map((name) => describe(name, environment, servers)),
  );
  return (await Promise.all(asked)).flat();
}

/** @returns none where there is no cluster of that name that is ACTIVE */
async function describe(name: string, environment: Environment, servers: Servers): Promise<RunningCluster[]> {
  const { eksUrl, region } = servers;
  const scope = `${CREDENTIALS.accessKeyId}/20000101/${region}/eks/aws4_request`;
  // The local AWS checks no signature: one question does not make up for another SDK client.
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`;
  const answer = await fetch(`${eksUrl}/clusters/${name}`, { headers: { authorization } });
  if (answer.status === 404) return [];
  if (!answer.ok) throw new Error(`the EKS API answers ${String(answer.status)}: ${await answer.text()}`);
  const { status, endpoint, certificateAuthority } = described.parse(await answer.json()).cluster;
  if (status !== "ACTIVE" || endpoint === undefined || certificateAuthority?.data === undefined) return [];
  return [{ name, environment, endpoint, certificateAuthority: certificateAuthority.data }];
}
