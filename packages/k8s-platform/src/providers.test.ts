import { itFitsProviders, itNeedsKnownAccess } from "@demarc/shared/testing";
import { build, buildFrom } from "./stacks";
import { devOn } from "./testing/platform";

itFitsProviders(build);
itNeedsKnownAccess(build);

describe("on every compute kind, whichever of them an environment has", () => {
  const environments = [devOn("managed-nodes"), devOn("fargate"), devOn("auto-mode")];
  itFitsProviders(buildFrom({ dev: {} }), environments);
  itNeedsKnownAccess(buildFrom({ dev: {} }), environments);
});
