import { allEnvironments } from "@demarc/shared/environment";
import { itFitsProviders } from "@demarc/shared/testing";
import { build } from "./stacks";
import { devOn } from "./testing/platform";

// Every compute kind, whichever of them an environment has.
itFitsProviders(build, [...allEnvironments(), devOn("fargate"), devOn("auto-mode")]);
