import type { ReactiveControllerHost } from "lit";
import { expect, test, vi } from "vitest";
import { Results } from "../src/page/results.js";
import { START } from "../src/page/state.js";
import type { HaiheApi, SearchRequest } from "../src/shared/api.js";

vi.stubGlobal("window", globalThis);

const HOST = {
  addController: () => undefined,
  requestUpdate: () => undefined,
} as unknown as ReactiveControllerHost;
const NONE = { language: [], source: [], month: [] };

test("going back before the next answer came asks for nothing that is here", async () => {
  const asked: SearchRequest[] = [];
  const never = new Promise(() => undefined);
  const search = (request: SearchRequest) => {
    asked.push(request);
    if (request.query === "slow") return never;
    const hits = Array.from({ length: request.k ?? 0 }, (_, place) => ({ rank: place + 1 }));
    return Promise.resolve({ hits, total: 99, total_relation: "eq", index: {}, facets: NONE });
  };
  const results = new Results(HOST, { search } as unknown as HaiheApi);
  const first = { ...START, query: "first" };
  await results.load(first);
  void results.load({ ...START, query: "slow" });
  await results.load(first);
  expect(asked.map(({ query, k }) => [query, k])).toEqual([
    ["first", START.count],
    ["slow", START.count],
  ]);
  expect(results.answer?.hits).toHaveLength(START.count);
  expect(results.isBusy).toBe(false);
});
