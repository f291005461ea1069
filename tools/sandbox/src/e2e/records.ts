import assert from "node:assert/strict";
import type { RegisteredApp } from "@demarc/shared/apps";
import type { Environment } from "@demarc/shared/environment";
import type { Servers } from "../local-aws/servers";

/** A record as Route 53 lists it. */
export interface DnsRecord {
  /** Without the dot at its end. */
  readonly name: string;
  readonly type: string;
  /** Of one of several of its name. */
  readonly setIdentifier: string | undefined;
  /** 0 to 255, of one of several of its name. */
  readonly weight: number | undefined;
  /** What an alias leads to, without the dot at its end. */
  readonly alias: string | undefined;
}

/** Route 53's API is XML, and its SDK would be here for two calls: what the local AWS is asked need not be signed. */
const API = "2013-04-01/hostedzone";

/** First label of a wildcard, as Route 53 lists it: by its octal code. */
export const ASTERISK = String.raw`\052`;

/** All records of a hosted zone. @param zoneId without `/hostedzone/` */
export async function recordsOf(servers: Servers, zoneId: string): Promise<DnsRecord[]> {
  const listed = await ask(servers, `${API}/${zoneId}/rrset`);
  assert.match(listed, /<IsTruncated>false</, "the zone has more records than one answer");
  return parseRecords(listed);
}

/** Whole host names of apps in an environment. */
export function hostNames({ domain }: Pick<Environment, "domain">, apps: readonly RegisteredApp[]): string[] {
  return apps.flatMap(({ hostnames }) => hostnames.map((name) => `${name}.${domain}`));
}

/** Id of the one hosted zone of a domain. */
export async function zoneOf(servers: Servers, domain: string): Promise<string> {
  const listed = elements(await ask(servers, API), "HostedZone");
  const ids = listed.flatMap((zone) =>
    text(zone, "Name") === `${domain}.` ? (text(zone, "Id")?.replace("/hostedzone/", "") ?? []) : [],
  );
  assert.equal(ids.length, 1, `${domain} has ${String(ids.length)} hosted zones`);
  return ids[0] ?? "";
}

/** @param listed Route 53's answer to ListResourceRecordSets */
export function parseRecords(listed: string): DnsRecord[] {
  return elements(listed, "ResourceRecordSet").map((record) => {
    const weight = text(record, "Weight");
    return {
      name: withoutDot(text(record, "Name") ?? ""),
      type: text(record, "Type") ?? "",
      setIdentifier: text(record, "SetIdentifier"),
      weight: weight === undefined ? undefined : Number(weight),
      alias: elements(record, "AliasTarget").map((target) => withoutDot(text(target, "DNSName") ?? ""))[0],
    };
  });
}

async function ask({ awsUrl, region }: Servers, path: string): Promise<string> {
  const scope = `sandbox/20260101/${region}/route53/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(`${awsUrl}/${path}`, { headers: { authorization } });
  const said = await answer.text();
  assert.equal(answer.status, 200, said);
  return said;
}

function elements(xml: string, name: string): string[] {
  return [...xml.matchAll(new RegExp(`<${name}>(.*?)</${name}>`, "gs"))].flatMap(([, inside]) => inside ?? []);
}

function text(xml: string, name: string): string | undefined {
  return elements(xml, name)[0];
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, "");
}
