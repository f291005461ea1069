import { base } from "../../jest.config.base.mjs";

/** Tests through the real Terraform AWS provider: minutes, because Terraform itself sleeps (up to a minute before it deletes a cluster). */
export default {
  ...base,
  displayName: "sandbox provider",
  testMatch: ["<rootDir>/src/**/*.provider.test.ts"],
  testTimeout: 300_000,
};
