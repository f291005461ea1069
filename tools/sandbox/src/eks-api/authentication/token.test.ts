import { tokenOf, type TokenParameters } from "../testing/token";
import { readToken } from "./token";

const NOW = new Date("2026-01-02T03:20:00Z");
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

/** Made by awscli 1.46.2 against a local AWS at 127.0.0.1:5000. */
const OF_AWSCLI =
  "k8s-aws-v1.aHR0cDovLzEyNy4wLjAuMTo1MDAwLz9BY3Rpb249R2V0Q2FsbGVySWRlbnRpdHkmVmVyc2lvbj0yMDExLTA2LTE1JlgtQW16LUFsZ29yaXRobT1BV1M0LUhNQUMtU0hBMjU2JlgtQW16LUNyZWRlbnRpYWw9c2FuZGJveCUyRjIwMjYxMTIwJTJGYXAtbm9ydGhlYXN0LTElMkZzdHMlMkZhd3M0X3JlcXVlc3QmWC1BbXotRGF0ZT0yMDI2MTEyMFQyMTU0MTVaJlgtQW16LUV4cGlyZXM9NjAmWC1BbXotU2lnbmVkSGVhZGVycz1ob3N0JTNCeC1rOHMtYXdzLWlkJlgtQW16LVNpZ25hdHVyZT1iODRhNWRmODVhNjFiN2U0YjM2N2RiNTgyODBiZDI1ZjI1NTA4NjU0YjY3MzU5NDZmMzlhZGQ3OWE3YjRiYzlh";

it("reads a token of aws eks get-token: whose it is and since when", () => {
  const signedAt = new Date("2026-11-20T21:54:15Z");
  expect(readToken(OF_AWSCLI, new Date("2026-11-20T22:00:00Z"))).toMatchObject({ accessKeyId: "sandbox", signedAt });
});

it("knows who signed a token, and for which cluster", () => {
  const token = readToken(OF_AWSCLI, new Date("2026-11-20T22:00:00Z"));
  expect(token.isSignedFor("dev-a", "sandbox")).toBe(true);
  expect(token.isSignedFor("dev-b", "sandbox")).toBe(false);
  expect(token.isSignedFor("dev-a", "another")).toBe(false);
});

it("takes a token for a quarter of an hour, whatever it says of its own expiry", () => {
  for (const expires of ["0", "60", undefined])
    expect(readToken(tokenOf("ASIA1", minutesAgo(14.9), { "X-Amz-Expires": expires }), NOW).accessKeyId).toBe("ASIA1");
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(15.1), { "X-Amz-Expires": "3600" }), NOW)).toThrow(
    "it was signed at 2026-01-02T03:04:54.000Z and is good for 15 minutes",
  );
});

it("takes one from a clock that is a little ahead, and none from tomorrow", () => {
  expect(readToken(tokenOf("ASIA1", minutesAgo(-2)), NOW).accessKeyId).toBe("ASIA1");
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(-10)), NOW)).toThrow("which is yet to come");
});

it.each<[string, TokenParameters]>([
  ["its signature covers host; a token's covers host;x-k8s-aws-id", { "X-Amz-SignedHeaders": "host" }],
  ["it is no URL of sts:GetCallerIdentity", { Action: "AssumeRole" }],
  ["its credential is not for STS", { "X-Amz-Credential": "ASIA1/20260102/ap-northeast-1/s3/aws4_request" }],
  ["its date and its credential are of different days", { "X-Amz-Date": "20260103T031500Z" }],
  ['its date is "20260102", which is none', { "X-Amz-Date": "20260102" }],
  ["its URL must have one x-amz-date", { "X-Amz-Date": undefined }],
  ["its URL must have one x-amz-credential", { "x-amz-credential": "ASIA2/20260102/ap-northeast-1/sts/aws4_request" }],
  ["its URL has a parameter RoleArn", { RoleArn: "arn:aws:iam::123456789012:role/other" }],
  ["its URL must have one x-amz-signature", { "X-Amz-Signature": undefined }],
])("refuses a token: %s", (reason, changes) => {
  expect(() => readToken(tokenOf("ASIA1", minutesAgo(5), changes), NOW)).toThrow(reason);
});

it.each([
  ["a token of EKS begins with k8s-aws-v1.", "eyJhbGciOi"],
  ["it holds no URL", "k8s-aws-v1.bm8gVVJM"],
  ["it is longer than 4096 bytes", `k8s-aws-v1.${"a".repeat(4096)}`],
])("refuses what is no token: %s", (reason, text) => {
  expect(() => readToken(text, NOW)).toThrow(reason);
});
