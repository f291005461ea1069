import { z } from "zod";

const rule = "must be the id of an image such as ami-0abcdef1234567890";

/** Never a parameter that moves: another image is another id, reviewed here. */
export const imageId = z.string(rule).regex(/^ami-([0-9a-f]{8}|[0-9a-f]{17})$/, rule);
