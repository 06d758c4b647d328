/**
 * What the preload gives the page as `window.cliproxySync`: a transport of the contract and nothing else. Answers are
 * `Result`s of `shared/result.ts`; types come from `shared/client.ts`.
 */
export interface Bridge {
  call(method: string, input: unknown): Promise<unknown>;
  /** Gives the present value at once. Returns how to stop. */
  subscribe(event: string, listener: (payload: unknown) => void): () => void;
}
