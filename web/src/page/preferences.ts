/** What a reader chose by hand, kept in this browser. */

import type { Locale } from "../shared/format.js";
import { toLocale } from "../shared/i18n.js";

export type Theme = "light" | "dark";

const KEYS = { locale: "haihe.locale", theme: "haihe.theme", shortcuts: "haihe.shortcuts" } as const;

export const preferences = {
  get locale(): Locale | null {
    return toLocale(read(KEYS.locale));
  },
  set locale(locale: Locale | null) {
    write(KEYS.locale, locale);
  },
  get theme(): Theme | null {
    const theme = read(KEYS.theme);
    return theme === "light" || theme === "dark" ? theme : null;
  },
  set theme(theme: Theme | null) {
    write(KEYS.theme, theme);
  },
  get shortcuts(): boolean {
    return read(KEYS.shortcuts) !== "off";
  },
  set shortcuts(isOn: boolean) {
    write(KEYS.shortcuts, isOn ? null : "off");
  },
};

// A browser may forbid to keep anything; the page then forgets, and works.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    return;
  }
}
