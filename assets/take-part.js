// Beside htmx, which fetches the next statement: the keys 1, 2 and 3 answer while the focus is on it.
const answers = { 1: "agree", 2: "disagree", 3: "pass" };

document.addEventListener("keydown", (pressed) => {
  const asking = document.getElementById("asking");
  const isMeant = asking?.contains(document.activeElement) && !pressed.ctrlKey && !pressed.altKey && !pressed.metaKey;
  if (isMeant && answers[pressed.key] && !pressed.repeat) {
    asking.querySelector(`button[value="${answers[pressed.key]}"]`)?.click();
  }
});

// Without connection nothing is kept, and the page says so.
const showOffline = (isOffline) => { document.getElementById("offline").hidden = !isOffline; };
document.addEventListener("htmx:sendError", () => showOffline(true));
document.addEventListener("htmx:afterSwap", () => showOffline(false));
