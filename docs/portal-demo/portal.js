"use strict";

/* What a portal may do: count searches, and open articles its own way. Its shortcut is the letter "s". */
const told = document.querySelector(".told ol");

function tell(text) {
  const entry = document.createElement("li");
  entry.textContent = text;
  told.append(entry);
}

document.addEventListener("haihe:search", ({ detail }) => tell(`haihe:search “${detail.query}”: ${detail.total}`));
document.addEventListener("haihe:open", (event) => tell(`haihe:open ${event.detail.document.title}`));
document.addEventListener("haihe:error", ({ detail }) => tell(`haihe:error ${detail.status}`));
document.addEventListener("keydown", (event) => {
  if (event.key === "s" && !(event.target instanceof HTMLInputElement)) tell("shortcut");
});
