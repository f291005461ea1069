import { withApps } from "@demarc/shared/testing";
import { buildFrom } from "../stacks";
import { APPS } from "./access";

/** All stacks by these settings, where the fixture's own apps are registered: the live ones are the fork's to change. */
export function buildFixture(files: Parameters<typeof buildFrom>[0]): ReturnType<typeof buildFrom> {
  return withApps(APPS, buildFrom(files));
}
