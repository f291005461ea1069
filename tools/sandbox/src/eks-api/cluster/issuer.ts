import { z } from "zod";
import { KubernetesClient } from "../../controllers/kubernetes/client";
import type { Context } from "../context";
import type { StoredCluster } from "../store";

const jsonWebKeySet = z.object({ keys: z.array(z.looseObject({ kid: z.string() })) });

/**
 * Lets AWS verify the tokens of a cluster's service accounts, by the keys that its API server signs with. EKS serves them at the
 * cluster's issuer, which is a host of its own.
 */
export async function publishIssuer(
  { account, controlPlane }: Context,
  { name, identity }: StoredCluster,
): Promise<void> {
  const connection = controlPlane.connection?.(name);
  const issuer = identity?.oidc?.issuer;
  if (connection === undefined || issuer === undefined) return;
  const eks = new KubernetesClient(connection, "eks");
  try {
    const { keys } = jsonWebKeySet.parse(
      await eks.server.ask("/openid/v1/jwks", { accept: "application/jwk-set+json" }),
    );
    await account.identities.publishKeys(issuer, keys);
  } finally {
    eks.close();
  }
}

/** From now on no token of the cluster is taken. */
export async function withdrawIssuer({ account, controlPlane }: Context, { identity }: StoredCluster): Promise<void> {
  const issuer = identity?.oidc?.issuer;
  if (controlPlane.connection !== undefined && issuer !== undefined) await account.identities.publishKeys(issuer, []);
}
