/** Light or dark: as the system has it, or as it was chosen by hand. */

import { preferences, type Theme } from "./preferences.js";

const isDark = window.matchMedia("(prefers-color-scheme: dark)");

export function currentTheme(): Theme {
  return preferences.theme ?? (isDark.matches ? "dark" : "light");
}

/** Choose the other one; the choice is forgotten where it is the system's own. */
export function toggleTheme(): void {
  const theme = currentTheme() === "dark" ? "light" : "dark";
  preferences.theme = theme === (isDark.matches ? "dark" : "light") ? null : theme;
  applyTheme();
}

export function applyTheme(): void {
  const { theme } = preferences;
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

export function onSystemTheme(changed: () => void): void {
  isDark.addEventListener("change", changed);
}
