// What the compiler promises. `npm test` checks it by tsc: an `@ts-expect-error` above a line that compiles is an error.
import type { dataContract, dnsContract, platformContract } from "../contracts";
import type { EnvironmentName } from "../environment";
import type { ConsumedValues, PublishedValues } from ".";

type PublishedDns = PublishedValues<typeof dnsContract>;
declare const dns: ConsumedValues<typeof dnsContract>;
declare const data: ConsumedValues<typeof dataContract>;

export const complete: PublishedDns = {
  zoneId: "Z1",
  zoneArn: "arn",
  baseDomain: "example.com",
  certificateArn: "arn",
};

// @ts-expect-error certificateArn is missing
export const missing: PublishedDns = { zoneId: "Z1", zoneArn: "arn", baseDomain: "example.com" };

// @ts-expect-error no such key: did you mean 'zoneArn'?
export const unknown: PublishedDns = { ...complete, zoneAnr: "arn" } satisfies PublishedDns;

// @ts-expect-error a string, not a number
export const wrongType: PublishedDns = { ...complete, zoneId: 1 };

declare const platform: ConsumedValues<typeof platformContract>;

// @ts-expect-error an output that is not everywhere has to be looked at first
export const optional: string = platform.databaseCaConfigMap;

// @ts-expect-error and its producer says so where it has none
export const left: Pick<PublishedValues<typeof platformContract>, "databaseCaConfigMap"> = {};

export const read: string = dns.zoneId;

// @ts-expect-error no such key: did you mean 'zoneId'?
export const misspelt = dns.zoneID;

// @ts-expect-error a number behind a token cannot be computed with
export const sum = data.databasePort + 1;

// @ts-expect-error nor compared
export const order = data.databasePort > 1024;

// @ts-expect-error nor printed as a number
export const port: number = data.databasePort;

// @ts-expect-error a workspace needs settings for every environment: the index of its settings says this
export const noSettings = {} satisfies Readonly<Record<EnvironmentName, unknown>>;
