import type { SettingsInput } from "./schema";

export default {
  // Where the digest is from: README.md.
  image: "ghcr.io/stefanprodan/podinfo:6.11.1@sha256:8fa56908408de98f24aed2a162b1bb42c0b98df7abfcc5a76a14a8be510457c5",
  replicas: { min: 3, max: 9 },
} satisfies SettingsInput;
