import type { SynthesizedStack } from "@demarc/shared/testing";
import { z } from "zod";
import { ACCOUNT_ID, type Landscape, REGION } from "../eks-api/testing/landscape";
import { contractsAsLocals } from "../terraform/testing/contracts-as-locals";

/** What a cluster by itself does not need: access of teams, and roles' boundaries, which the account stack makes. */
const LEFT_OUT = /^(access_(role|admin)-.*|permissions_boundary)$/;

const resources = z.record(z.string(), z.record(z.string(), z.unknown()));
const stack = z.object({ provider: z.unknown(), resource: resources, data: z.record(z.string(), z.unknown()) });

const KEY = `arn:aws:kms:${REGION}:${ACCOUNT_ID}:key/1f5f6cc6-3b0c-4f3e-9d7c-7f4f0f1c2a3b`;

/** infra's stack of a cluster, for a Terraform with its state beside it. The network is the landscape's. */
export function configurationOf({ json }: SynthesizedStack, { subnetIds, vpcId }: Landscape): object {
  const text = JSON.stringify(json, (key, value: unknown) => (LEFT_OUT.test(key) ? undefined : value));
  const { provider, resource, data } = stack.parse(JSON.parse(contractsAsLocals(text)));
  const { terraform_remote_state: _, ...lookedUp } = data;
  const locals = {
    network_v2: { vpcId, privateSubnetIds: subnetIds },
    keys_v1: { logKeyArn: KEY, volumeKeyArn: KEY },
  };
  const left = Object.entries(resource).filter(([, ofType]) => Object.keys(ofType).length > 0);
  return { locals, provider, resource: Object.fromEntries(left), data: lookedUp };
}
