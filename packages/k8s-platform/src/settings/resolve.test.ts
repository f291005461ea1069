import { dev, invalidOnly } from "@demarc/shared/testing";
import { settingsOf } from "./resolve";
import { settings } from "../testing/settings";
import type { K8sPlatformSettingsInput } from "./schema";

it("takes settings or says what is wrong, whatever is mangled in them", () => {
  const read = (input: unknown) => settingsOf({ dev: input as K8sPlatformSettingsInput }, dev);
  expect(() => read(settings)).not.toThrow();
  invalidOnly(settings, read);
});
