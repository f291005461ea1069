// What the compiler promises. `npm test` checks it by tsc: an `@ts-expect-error` above a line that compiles is an error.
import type { ConsumedValues } from "../contract";
import type { dataContract, dnsContract } from "../contracts";
import { type ApplicationStack, WebApplication } from ".";

declare const stack: ApplicationStack;
declare const dns: ConsumedValues<typeof dnsContract>;
declare const data: ConsumedValues<typeof dataContract>;
declare const settings: { readonly stage: "preview" | "live" };

const withoutResources = {
  image: "registry.example.com/shop/storefront@sha256:0",
  port: 8080,
  hostname: "storefront",
  replicas: { min: 2, max: 4 },
  probes: { readiness: "/", liveness: "/" },
} as const;
const amount = { cpu: "1", memory: "1Gi" };
const plain = { ...withoutResources, resources: { requests: amount, limits: amount } } as const;

new WebApplication(stack, "storefront", plain);

new WebApplication(stack, "storefront", { ...plain, hostname: settings.stage });

const { hostname: _, ...nameless } = plain;
new WebApplication(stack, "storefront", nameless);

// @ts-expect-error resources are missing
new WebApplication(stack, "storefront", withoutResources);

// @ts-expect-error limits are missing
new WebApplication(stack, "storefront", { ...plain, resources: { requests: amount } });

// @ts-expect-error a host name that is a token would be known to Terraform only
new WebApplication(stack, "storefront", { ...plain, hostname: dns.baseDomain });

// @ts-expect-error nor may one be part of it
new WebApplication(stack, "storefront", { ...plain, hostname: `shop.${dns.baseDomain}` });

// @ts-expect-error a port behind a token is no number
new WebApplication(stack, "storefront", { ...plain, port: data.databasePort });

// @ts-expect-error no such override
new WebApplication(stack, "storefront", { ...plain, overrides: { privileged: { reason: "it wants to" } } });

// @ts-expect-error an override needs its reason
new WebApplication(stack, "storefront", { ...plain, overrides: { runAsUser: { uid: 1000 } } });

// @ts-expect-error no such use of the queue
new WebApplication(stack, "storefront", { ...plain, queue: "purge" });

// @ts-expect-error no such key: did you mean 'database'?
new WebApplication(stack, "storefront", { ...plain, databse: true });
