import type { SettingsInput } from "./schema";

export default {
  // Release 1.0.16. Where the digest is from: README.md.
  image: "docker.io/swaggerapi/petstore3@sha256:221da3038bf91fad98e249d5f123cbca21d5bfc8e10a786c8c060ec8058cc522",
  replicas: { min: 3, max: 9 },
} satisfies SettingsInput;
