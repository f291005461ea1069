import { base } from "../../jest.config.base.mjs";

/** Fast tests. Those through the real Terraform AWS provider are apart: jest.provider.config.mjs. */
export default {
  ...base,
  displayName: "sandbox",
  testPathIgnorePatterns: ["/node_modules/", "\\.provider\\.test\\.ts$"],
};
