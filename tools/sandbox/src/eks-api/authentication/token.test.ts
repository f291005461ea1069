import { LOCAL_AWS, SIGNING_KEY, tokenOf, type TokenParameters } from "../testing/token";
import { readToken } from "./token";

const NOW = new Date("2026-01-02T03:20:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);
const REGION = "ap-northeast-1";
const STS = { endpoint: LOCAL_AWS, region: REGION };

/** Made by awscli 1.46.2 against a local AWS at 127.0.0.1:5000. */
const OF_AWSCLI =
  "k8s-aws-v1.aHR0cDovLzEyNy4wLjAuMTo1MDAwLz9BY3Rpb249R2V0Q2FsbGVySWRlbnRpdHkmVmVyc2lvbj0yMDExLTA2LTE1JlgtQW16LUFsZ29yaXRobT1BV1M0LUhNQUMtU0hBMjU2JlgtQW16LUNyZWRlbnRpYWw9c2FuZGJveCUyRjIwMjYxMTIwJTJGYXAtbm9ydGhlYXN0LTElMkZzdHMlMkZhd3M0X3JlcXVlc3QmWC1BbXotRGF0ZT0yMDI2MTEyMFQyMTU0MTVaJlgtQW16LUV4cGlyZXM9NjAmWC1BbXotU2lnbmVkSGVhZGVycz1ob3N0JTNCeC1rOHMtYXdzLWlkJlgtQW16LVNpZ25hdHVyZT1iODRhNWRmODVhNjFiN2U0YjM2N2RiNTgyODBiZDI1ZjI1NTA4NjU0YjY3MzU5NDZmMzlhZGQ3OWE3YjRiYzlh";

const AFTERWARDS = [new Date("2026-11-20T22:00:00Z"), { endpoint: "http://127.0.0.1:5000/", region: REGION }] as const;

it("reads a token of aws eks get-token: whose it is and since when", () => {
  const signedAt = new Date("2026-11-20T21:54:15Z");
  expect(readToken(OF_AWSCLI, ...AFTERWARDS)).toMatchObject({ accessKeyId: "sandbox", signedAt });
});

it("knows who signed a token, and for which cluster", () => {
  const token = readToken(OF_AWSCLI, ...AFTERWARDS);
  expect(token.isSignedFor("dev-a", "sandbox")).toBe(true);
  expect(token.isSignedFor("dev-b", "sandbox")).toBe(false);
  expect(token.isSignedFor("dev-a", "another")).toBe(false);
});

it("takes a token for a quarter of an hour, whatever it says of its own expiry", () => {
  for (const expires of ["0", "60", "900"]) {
    const parameters = { "X-Amz-Expires": expires };
    expect(readToken(tokenOf("ASIA1", minutesAgo(14.9), { parameters }), NOW, STS).accessKeyId).toBe("ASIA1");
  }
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(15.1)), NOW, STS)).toThrow(
    "it was signed at 2026-01-02T03:04:54.000Z and is good for 15 minutes",
  );
});

it("takes one from a clock that is a little ahead, and none from tomorrow", () => {
  expect(readToken(tokenOf("ASIA1", minutesAgo(-2)), NOW, STS).accessKeyId).toBe("ASIA1");
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(-10)), NOW, STS)).toThrow("which is yet to come");
});

/** A token that is signed as it stands and yet none of this cluster's STS. */
const OF_ANOTHER_STS: readonly (readonly [name: string, before: string])[] = [
  ["a foreign host", "http://sts.attacker.example/"],
  ["a foreign host over https", "https://sts.attacker.example/"],
  ["the real STS of the region", "https://sts.ap-northeast-1.amazonaws.com/"],
  ["the real global STS", "https://sts.amazonaws.com/"],
  ["the real STS over http", "http://sts.ap-northeast-1.amazonaws.com/"],
  ["another region's STS", "https://sts.us-east-1.amazonaws.com/"],
  ["another partition's STS", "https://sts.cn-north-1.amazonaws.com.cn/"],
  ["a host that begins as STS does", "https://sts.amazonaws.com.attacker.example/"],
  ["the local host over https", "https://127.0.0.1:33185/"],
  ["another port", "http://127.0.0.1:33186/"],
  ["no port", "http://127.0.0.1/"],
  ["a port that begins the local one", "http://127.0.0.1:3318/"],
  ["another name of the local host", "http://localhost:33185/"],
  ["the local address in another notation", "http://127.1:33185/"],
  ["the local address as a number", "http://2130706433:33185/"],
  ["another path", "http://127.0.0.1:33185/attacker"],
  ["a path that a parser takes away", "http://127.0.0.1:33185/./"],
  ["two slashes", "http://127.0.0.1:33185//"],
  ["user information", "http://attacker@127.0.0.1:33185/"],
  ["the local host as user information", "http://127.0.0.1:33185@attacker.example/"],
  ["a scheme in upper case", "HTTP://127.0.0.1:33185/"],
  ["backslashes", "http:\\\\127.0.0.1:33185\\"],
  ["a tab in the host", "http://127.0.0.1\t:33185/"],
  ["white space before it", " http://127.0.0.1:33185/"],
  ["a file", "file:///127.0.0.1:33185/"],
];

it.each(OF_ANOTHER_STS)("a token of another STS, %s, is refused by the token review", (_, before) => {
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(5), { before }), NOW, STS)).toThrow(
    /^(its URL is of |it holds no URL)/,
  );
});

const credential = (scope: string) => ({ "X-Amz-Credential": `ASIA1/${scope}` });

it.each<[reason: string, changes: TokenParameters]>([
  ['its x-amz-signedheaders is "host"; a token has host;x-k8s-aws-id there', { "X-Amz-SignedHeaders": "host" }],
  ['its x-amz-signedheaders is "x-k8s-aws-id"', { "X-Amz-SignedHeaders": "x-k8s-aws-id" }],
  ['its action is "AssumeRole"', { Action: "AssumeRole" }],
  ['its action is "getcalleridentity"', { Action: "getcalleridentity" }],
  ['its version is "2010-05-08"', { Version: "2010-05-08" }],
  ['its x-amz-algorithm is "AWS4-ECDSA-P256-SHA256"', { "X-Amz-Algorithm": "AWS4-ECDSA-P256-SHA256" }],
  ["its credential is not for STS", credential("20260102/ap-northeast-1/s3/aws4_request")],
  ["its credential is not for STS", credential("20260102/ap-northeast-1/sts/aws5_request")],
  [
    "it is signed for us-east-1; the STS of this cluster is ap-northeast-1's",
    credential("20260102/us-east-1/sts/aws4_request"),
  ],
  ["it is signed for AP-NORTHEAST-1", credential("20260102/AP-NORTHEAST-1/sts/aws4_request")],
  ["its date and its credential are of different days", { "X-Amz-Date": "20260103T031500Z" }],
  ['its date is "20260102", which is none', { "X-Amz-Date": "20260102" }],
  ['its date is "20260102T991500Z", which is none', { "X-Amz-Date": "20260102T991500Z" }],
  ["its URL must have one x-amz-date", { "X-Amz-Date": undefined }],
  ["its URL must have one x-amz-expires", { "X-Amz-Expires": undefined }],
  ['its x-amz-expires is "901"; 0 to 900 is taken', { "X-Amz-Expires": "901" }],
  ['its x-amz-expires is "-1"', { "X-Amz-Expires": "-1" }],
  ['its x-amz-expires is "6e1"', { "X-Amz-Expires": "6e1" }],
  ["its URL must have one x-amz-credential", { "x-amz-credential": "ASIA2/20260102/ap-northeast-1/sts/aws4_request" }],
  ["its URL must have one action", { action: "AssumeRole" }],
  ["its URL has a parameter RoleArn", { RoleArn: "arn:aws:iam::123456789012:role/other" }],
  ["its URL must have one x-amz-signature", { "X-Amz-Signature": undefined }],
])("a token, for %s, is refused by the token review", (reason, parameters) => {
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(5), { parameters }), NOW, STS)).toThrow(reason);
});

it.each([
  ["a fragment", "#fragment"],
  ["a parameter twice", "&Action=GetCallerIdentity"],
  ["a parameter twice, in another case", "&ACTION=GetCallerIdentity"],
  ["a semicolon", ";Action=AssumeRole"],
  ["a line", "\nHost: attacker.example"],
])("a token with %s after what is signed is refused by the token review", (_, after) => {
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(5), { after }), NOW, STS)).toThrow(
    /^its URL (is not as|must have)/,
  );
});

it("takes the same token without any of that, as its holder's", () => {
  const token = readToken(tokenOf("ASIA1", minutesAgo(5)), NOW, STS);
  expect(token.sessionToken).toBe("session");
  expect(token.isSignedFor("dev-a", SIGNING_KEY.secretAccessKey)).toBe(true);
});

it.each([
  ["a token of EKS begins with k8s-aws-v1.", "eyJhbGciOi"],
  ["a token of EKS begins with k8s-aws-v1.", tokenOf("ASIA1", minutesAgo(5)).toUpperCase()],
  ["it holds no URL", "k8s-aws-v1.bm8gVVJM"],
  ["it holds no URL", `${tokenOf("ASIA1", minutesAgo(5))}=`],
  ["it holds no URL", tokenOf("ASIA1", minutesAgo(5)).replace("k8s-aws-v1.", "k8s-aws-v1. ")],
  ["it is longer than 4096 bytes", `k8s-aws-v1.${"a".repeat(4096)}`],
])("refuses what is no token: %s", (reason, text) => {
  expect(() => readToken(text, NOW, STS)).toThrow(reason);
});
