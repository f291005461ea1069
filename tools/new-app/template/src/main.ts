import { synthesize } from "@demarc/shared/workspace";
import { build } from "./stacks";

synthesize(build);
