import { z } from "zod";
import type { Caller } from "../account/identities";
import type { Context } from "../context";
import { reasonOf } from "../http/errors";
import { LIFETIME, readToken, type Token, TokenRefusal } from "./token";
import { type User, userOf } from "./user";

const API_VERSION = "authentication.k8s.io/v1";

const tokenReview = z.object({ apiVersion: z.literal(API_VERSION), spec: z.object({ token: z.string() }) });

/** Answer to a TokenReview of an API server. */
export interface ReviewedToken {
  readonly apiVersion: string;
  readonly kind: "TokenReview";
  readonly status:
    | { readonly authenticated: true; readonly user: User }
    /** `error`: why, for the API server's log. */
    | { readonly authenticated: false; readonly error: string };
}

/**
 * Says who holds a token, as EKS's own webhook does. Who made it stays the same as long as the token is good, and is asked of the
 * local AWS once; what the cluster lets them be is looked up each time, so that an entry that has gone counts at once.
 */
export class TokenReviews {
  readonly #callers = new Map<string, { readonly signedAt: Date; readonly caller: Promise<Caller> }>();

  /** @param say takes a line for each token that is refused: who, where and why */
  constructor(
    private readonly context: Pick<Context, "region" | "store" | "account">,
    private readonly say: (line: string) => void,
    private readonly now = () => new Date(),
  ) {}

  /** @param body TokenReview as the API server of that cluster sends it */
  async review(clusterName: string, body: unknown): Promise<ReviewedToken> {
    try {
      return answer({ authenticated: true, user: await this.#userIn(clusterName, tokenReview.parse(body).spec.token) });
    } catch (fault) {
      const error = reasonOf(fault);
      this.say(`${clusterName} refuses a token: ${error}`);
      return answer({ authenticated: false, error });
    }
  }

  async #userIn(clusterName: string, text: string): Promise<User> {
    const token = readToken(text, this.now());
    const record = this.context.store.clusters.find(clusterName);
    if (record === undefined) throw new TokenRefusal(`there is no cluster ${clusterName}`);
    const { region, account } = this.context;
    return userOf(token, await this.#callerOf(text, token), record, { region, instances: account.instances });
  }

  async #callerOf(text: string, { accessKeyId, signedAt }: Token): Promise<Caller> {
    this.#forgetOld();
    const caller = this.#callers.get(text)?.caller ?? this.context.account.identities.callerOf(accessKeyId);
    this.#callers.set(text, { signedAt, caller });
    // A failure may be a moment's, such as that of a local AWS that is starting.
    caller.catch(() => this.#callers.delete(text));
    return caller;
  }

  #forgetOld(): void {
    const oldest = this.now().getTime() - LIFETIME;
    for (const [text, { signedAt }] of this.#callers) if (signedAt.getTime() < oldest) this.#callers.delete(text);
  }
}

function answer(status: ReviewedToken["status"]): ReviewedToken {
  return { apiVersion: API_VERSION, kind: "TokenReview", status };
}
