/** What is told when there are no hits. */

import type { Failure } from "./conversation.js";
import type { Notice, WidgetTexts } from "./texts.js";

const TOKEN = new Set([401, 403]);
const BUSY = new Set([429, 503]);
const WRONG = new Set([400, 413, 422]);

/** A failure in words that say what may be done. */
export function noticeOf({ status, detail, silence }: Failure, endpoint: string, texts: WidgetTexts): Notice {
  const service = hostOf(endpoint);
  if (silence === "refused") return texts.refused(service, location.origin);
  if (silence === "unreachable") return texts.unreachable(service);
  if (TOKEN.has(status)) return texts.noToken;
  if (BUSY.has(status)) return texts.busy;
  return WRONG.has(status) ? texts.wrong(detail) : texts.failed;
}

function hostOf(endpoint: string): string {
  return URL.canParse(endpoint) ? new URL(endpoint).host : endpoint;
}
